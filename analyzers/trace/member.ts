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

/** A post of a story, as the trace needs it. */
export interface Member {
  readonly id: PostId;
  readonly platform: string;
  /** `platform:account-id` */
  readonly account: string;
  /** What its account goes by, folded for comparison. */
  readonly names: readonly string[];
  readonly lang: string;
  readonly actor: string | null;
  /** Canonical; null when it has none. */
  readonly url: string | null;
  /** Interval of publication, epoch milliseconds; -Infinity when there is no lower bound. */
  readonly from: number;
  readonly to: number;
  /** Where it says it comes from, by reference, declaration or in its text, as written. */
  readonly points_at: readonly Pointer[];
  /** Length of its text in UTF-16 units, and what one of them weighs on average. */
  readonly length: number;
  readonly unit_weight: number;
  /** Stretches of the text that speak of a source or of the account itself: they tell nothing of what was copied. */
  readonly aside: readonly Range[];
  /** The text as written, punctuation and mentions included, links and case not, as a hash: a mere copy is the same to the letter. */
  readonly letter: number;
  /** How many follow the account, where that is known. */
  readonly audience: number | null;
}

export function memberOf(post: Post, lang: string, actor: string | null): Member {
  const { earliest, latest } = post.published;
  // What is not compared explains nothing either, and five million characters would take seconds.
  const text = post.text.slice(0, COMPARED_UNITS);
  const names = namesOf(post, null);
  const cited = sourcesCitedIn(text);
  return {
    id: post.id,
    platform: post.platform,
    account: `${post.platform}:${post.account.id}`,
    names: names.map(foldName),
    lang,
    actor,
    url: post.url === null ? null : canonicalUrl(post.url),
    from: earliest === null ? -Infinity : Date.parse(earliest),
    to: Date.parse(latest),
    points_at: pointersOf(post, cited),
    length: text.length,
    unit_weight: unitWeight(text),
    aside: joined([...sentencesNaming(text, names), ...cited.map(({ range }) => range)]),
    letter: hashName(
      text
        .replace(/https?:\S+|\s+/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    ),
    audience: post.account.followers ?? null,
  };
}

/** By time, ties by id: the same order whatever came first. */
export function byTime(a: Member, b: Member): number {
  return a.to - b.to || (a.from === b.from ? 0 : a.from - b.from) || (a.id < b.id ? -1 : 1);
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
