import type { PostId } from "../contracts/post.ts";
import type { StoredPost } from "../contracts/store.ts";
import { cite, type Figure, type FigureSource, type Inline } from "./document/model.ts";
import type { Party } from "./figures/svg.ts";
import type { Messages, ReportLanguage } from "./messages/index.ts";
import { MESSAGES } from "./messages/index.ts";
import type { Told } from "./story.ts";
import { plain } from "./terminal.ts";
import { lagText, timeText } from "./words.ts";

/** A dated thing in the world that a timeline is read against; from the configuration. */
export interface CalendarEvent {
  /** ISO 8601 date, or instant. */
  readonly date: string;
  readonly name: string;
  readonly kind: string;
}

/** Somebody's words, as they stand in a document. */
type Quote = Extract<Inline, { readonly kind: "quote" }>;

/** How a report speaks: its language, its zone, its marking. */
export interface ReportLook {
  readonly lang: ReportLanguage;
  readonly zone: string;
  readonly marking: { readonly page: string; readonly paragraph: string | null } | null;
  readonly events: readonly CalendarEvent[];
}

/** The words and forms of one report. */
export class Telling {
  readonly m: Messages;
  readonly look: ReportLook;
  readonly #numbers: Intl.NumberFormat;

  constructor(look: ReportLook) {
    this.look = look;
    this.m = MESSAGES[look.lang];
    this.#numbers = new Intl.NumberFormat(this.m.locale);
  }

  number(value: number): string {
    return this.#numbers.format(value);
  }

  figure(value: number, source: FigureSource): Figure {
    return { kind: "figure", value, shown: this.number(value), source };
  }

  /** The number of some items, which are its source. */
  countOf(items: readonly PostId[]): Figure {
    return this.figure(items.length, { kind: "items", items });
  }

  time(instant: string): string {
    return timeText(instant, this.look.zone, this.m.locale);
  }

  day(instant: string): string {
    return this.time(instant).slice(0, 10);
  }

  lag(lag: readonly [number | null, number | null] | null): string {
    return lagText(lag, this.m.lags);
  }

  percent(share: number): string {
    // A no-break space stands before the sign, as French wants it and ISO 80000-1 does for all.
    return `${Math.round(share * 100)}\u00a0%`;
  }

  /** `Hanhai Herald (state-controlled)`. */
  who(story: Told, id: PostId): string {
    const stored = story.input.posts.get(id);
    if (stored === undefined) return "—";
    const actor = actorOf(story, stored);
    const name = this.name(story, stored);
    return actor === null || actor.affiliation === "unknown"
      ? name
      : `${name} (${this.m.affiliations[actor.affiliation]})`;
  }

  /** A registered name, or the pseudonym in the report's language. */
  name(story: Told, stored: StoredPost): string {
    return this.m.pseudonym(story.names.of(stored));
  }

  /** Title or first words, as a quotation in its own language; private names are concealed. */
  titleOf(story: Told, id: PostId, most = 90): Quote {
    const stored = story.input.posts.get(id);
    const words = plain(stored?.post.title ?? stored?.post.text ?? "");
    const characters = [...story.names.conceal(words)];
    const text =
      characters.length > most ? `${characters.slice(0, most).join("").trimEnd()}…` : characters.join("");
    return { kind: "quote", text, lang: stored?.findings?.language.lang ?? "" };
  }

  published(stored: StoredPost): string {
    const { earliest, latest } = stored.post.published;
    if (earliest === null) return this.m.lags.upTo(this.time(latest));
    const far = Date.parse(latest) - Date.parse(earliest) > 2 * 60_000;
    return far
      ? `${this.time(earliest)} – ${this.time(latest)}`
      : this.time(stored.post.published_at ?? earliest);
  }
}

export function actorOf(story: Told, { findings }: StoredPost) {
  return findings?.actor == null ? null : (story.input.actors.get(findings.actor) ?? null);
}

export function partyOf(story: Told, stored: StoredPost | undefined): Party {
  const actor = stored === undefined ? null : actorOf(story, stored);
  if (actor === null) return "other";
  return actor.affiliation === "state-controlled" ? "state" : "registered";
}

/** Posts named one by one, at most so many. */
export function cited(items: readonly PostId[], most = 12): Inline {
  return cite(...items.slice(0, most));
}
