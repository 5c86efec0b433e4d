import type { ExportKind, TechniqueMapping, Tlp } from "../../config/sharing.ts";
import type { Actor } from "../../contracts/actor.ts";
import type { Alert } from "../../contracts/alert.ts";
import type { Link } from "../../contracts/link.ts";
import type { Kinds, StoredPost } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";

/** Kinds that are kept; `accounts` is made of links and their posts. */
export type KeptKind = Exclude<ExportKind, "accounts">;

/** A link with the posts at its ends. */
export interface LinkEnds {
  readonly link: Link;
  readonly child: StoredPost;
  readonly parent: StoredPost;
}

/** A story with all that explains it. */
export interface WholeStory {
  readonly story: Story;
  readonly trace: Trace;
  /** Members, by time. */
  readonly posts: readonly StoredPost[];
  /** From each member with a parent to that parent. */
  readonly links: readonly Link[];
}

/** An alert with the posts it rests on. */
export interface WholeAlert {
  readonly alert: Alert;
  readonly posts: readonly StoredPost[];
}

/** What was asked for, after the veil. Each call reads anew, so that a format may go through it twice. */
export interface Supply {
  find<K extends KeptKind>(kind: K): AsyncIterable<Kinds[K]>;
  linkEnds(): AsyncIterable<LinkEnds>;
  wholeStories(): AsyncIterable<WholeStory>;
  wholeAlerts(): AsyncIterable<WholeAlert>;
}

/** What a format has to know beside the data. */
export interface Context {
  /** Classification marking, e.g. `UNCLASSIFIED`. */
  readonly marking: string | null;
  readonly tlp: Tlp | null;
  /** Who shares. */
  readonly organisation: string;
  readonly techniques: readonly TechniqueMapping[];
  readonly actors: ReadonlyMap<string, Actor>;
  /** Each item that was read ends in one of the two. */
  readonly wrote: () => void;
  readonly leftOut: (reason: string) => void;
}

/** A form that others read. Help, docs/interchange.md and the refusals of `export` are made from these. */
export interface Format {
  readonly name: string;
  readonly title: string;
  /** What it is for, and who reads it. */
  readonly summary: string;
  /** How what we know is told in it, one sentence each. */
  readonly notes: readonly string[];
  readonly references: readonly string[];
  /** The first is taken when none is named, where `hasDefaultKind`. */
  readonly kinds: readonly ExportKind[];
  readonly hasDefaultKind: boolean;
  /** Kinds that an export of a kind carries beside it. */
  readonly carries: Readonly<Partial<Record<ExportKind, readonly ExportKind[]>>>;
  /** Parts of the file, in order. Nothing of the volume is kept but ids. */
  write(kind: ExportKind, supply: Supply, context: Context): AsyncIterable<string>;
}
