import type { Range } from "../../contracts/link.ts";
import type { Post, PostId } from "../../contracts/post.ts";
import { hashName } from "../../text/fingerprints.ts";
import { foldName, sentencesNaming } from "../../text/names.ts";
import { canonicalUrl } from "../../text/urls.ts";
import { weightOf } from "../../text/wording.ts";
import { namesOf } from "../links/account-names.ts";
import { sourcesCitedIn } from "../links/cited.ts";
import { COMPARED_UNITS } from "../links/prepare.ts";
import { type Pointer, pointersOf } from "./pointers.ts";

/** Whose post it is, and when it was published. */
export interface Placed {
  readonly id: PostId;
  readonly platform: string;
  /** `platform:account-id` */
  readonly account: string;
  /** Interval of publication, epoch milliseconds; -Infinity when there is no lower bound. */
  readonly from: number;
  readonly to: number;
  /** How many follow the account, where that is known. */
  readonly audience: number | null;
}

/** A post of a story, as the trace needs it. */
export interface Member extends Placed {
  /** What its account goes by, folded for comparison. */
  readonly names: readonly string[];
  readonly lang: string;
  readonly actor: string | null;
  /** Canonical; null when it has none. */
  readonly url: string | null;
  /** Where it says it comes from, by reference, declaration or in its text, as written. */
  readonly points_at: readonly Pointer[];
  /** Length of its text in UTF-16 units, and what one of them weighs on average. */
  readonly length: number;
  readonly unit_weight: number;
  /** Stretches of the text that speak of a source or of the account itself: they tell nothing of what was copied. */
  readonly aside: readonly Range[];
  /** Links and mentions: they are no part of the wording, so that who carries them on leaves nothing out. */
  readonly unworded: readonly Range[];
  /** The text as written, punctuation and mentions included, links and "RT @name:" not, as a hash: a mere copy is the same to the letter. */
  readonly letter: number;
  /** The links in its text as written: a short link is made for one post, and who copies the post carries it on. */
  readonly links: readonly string[];
}

export function placed({ id, platform, account, published: { earliest, latest } }: Post): Placed {
  return {
    id,
    platform,
    account: `${platform}:${account.id}`,
    from: earliest === null ? -Infinity : Date.parse(earliest),
    to: Date.parse(latest),
    audience: account.followers ?? null,
  };
}

export function memberOf(post: Post, lang: string, actor: string | null): Member {
  // What is not compared explains nothing either, and five million characters would take seconds.
  const text = post.text.slice(0, COMPARED_UNITS);
  const names = namesOf(post, null);
  const cited = sourcesCitedIn(text);
  const unworded = [...text.matchAll(LINK_OR_MENTION)];
  return {
    ...placed(post),
    names: names.map(foldName),
    lang,
    actor,
    url: post.url === null ? null : canonicalUrl(post.url),
    points_at: pointersOf(post, cited),
    length: text.length,
    unit_weight: unitWeight(text),
    aside: joined([...sentencesNaming(text, names), ...cited.map(({ range }) => range)]),
    unworded: unworded.map(({ 0: { length }, index }) => [index, index + length]),
    letter: hashName(
      text
        .replace(/^\s*RT @[^\s:]+:?/, "")
        .replace(/https?:\S+|\s+/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    ),
    links: unworded.map(([mark]) => mark).filter((mark) => !mark.startsWith("@")),
  };
}

const LINK_OR_MENTION = /https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x7e]+|@[\p{L}\p{N}_·-]{1,40}/giu;

/** By time, ties by id: the same order whatever came first. */
export function byTime(a: Placed, b: Placed): number {
  return a.to - b.to || (a.from === b.from ? 0 : a.from - b.from) || (a.id < b.id ? -1 : 1);
}

/** As `byTime`, but of one time the account that most people follow first, which is the likelier to be copied. */
export function byTimeAndAudience(a: Placed, b: Placed): number {
  return a.to - b.to || (a.from === b.from ? (b.audience ?? 0) - (a.audience ?? 0) : 0) || byTime(a, b);
}

export function overlapInTime(a: Member, b: Member): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/** Texts are of one script for the most part, so a sample tells what a unit weighs. */
const SAMPLED = 400;

function unitWeight(text: string): number {
  const end = Math.min(text.length, SAMPLED);
  let weight = 0;
  for (let i = 0; i < end; i++) weight += weightOf(text.charCodeAt(i));
  return end === 0 ? 1 : weight / end;
}

/** Ranges in order, those that meet made one. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const out: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = out[out.length - 1];
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
