import type { CopiesOptions } from "../../config/copies.ts";
import type { EvidenceKind, Link } from "../../contracts/link.ts";
import { type CopyFinding, compareCopies } from "../copies/compare.ts";
import { type CreditFinding, creditTo } from "./credit.ts";
import { type HeadlineFinding, headlineIn } from "./headline.ts";
import { orderOf } from "./order.ts";
import type { Prepared, ResolvedReference } from "./prepare.ts";

/** Raised when links come out differently. */
export const LINKS_VERSION = 3;

/** With more links than this a post is a digest or a link list: each link alone then only suggests. */
const CITING_LINKS = 5;

/** How people repost by hand: the words are another's, and the post says so. */
const REPOST_BY_HAND = /^\s*(?:["'“]\s*)?RT\s@([\w.-]{1,40})/;

const MENTION = /[@＠][\p{L}\p{N}_]/u;

/** All that two posts show of each other, before it becomes a link. */
interface Evidence {
  readonly reference: ResolvedReference | null;
  readonly copy: CopyFinding | null;
  readonly headline: HeadlineFinding | null;
  readonly media: boolean;
}

/**
 * The link between two posts, or null when they share nothing worth a look. It depends on these two posts alone, so
 * that no order of arrival can change it, and `linkPosts(a, b)` is `linkPosts(b, a)`.
 */
export function linkPosts(a: Prepared, b: Prepared, options: CopiesOptions, version: string): Link | null {
  if (a.post.id === b.post.id) return null;
  const [aToB, bToA] = [referenceTo(b, a), referenceTo(a, b)];
  const { child, parent, lag_seconds } = orderOf(a, b, aToB, bToA);
  // Looked for once, and only in pairs that need it.
  let found: { readonly credit: CreditFinding | null } | undefined;
  const creditFound = () => {
    found ??= { credit: creditTo(parent, child) };
    return found.credit;
  };
  const byHand = () => REPOST_BY_HAND.exec(child.post.text)?.[1];
  const backing = {
    backed: () => creditFound() !== null || sameLinks(child, parent) || byHand() !== undefined,
    isTheSame: () => isTheSame(child, parent),
    repeats: () => byHand() === (parent.post.account.handle ?? parent.post.account.id),
  };
  const reference = child === a ? aToB : bToA;
  const copy = compareCopies(child.body, parent.body, options, backing);
  const evidence: Evidence = {
    reference,
    copy: reference === null && isOwnFormula(copy, child, parent, options) ? null : copy,
    headline: headlineIn(child, parent),
    media: sharesMedia(child, parent),
  };
  const relation = relationOf(evidence);
  if (relation === null) return null;
  const credit = creditFound();
  const status = statusOf(evidence, child, parent, credit !== null, options);
  return {
    child: child.post.id,
    parent: parent.post.id,
    relation,
    credit:
      reference !== null || credit !== null ? "credited" : evidence.copy === null ? "unknown" : "uncredited",
    evidence: kindsOf(evidence, credit !== null),
    overlap: evidence.copy?.overlap ?? null,
    spans: evidence.copy?.spans ?? [],
    added: evidence.copy?.added ?? [],
    left_out: evidence.copy?.left_out ?? [],
    lag_seconds,
    score: scoreOf(evidence, options),
    status,
    confidence: confidenceOf(evidence, status, options),
    reasons: reasonsOf(evidence, child, credit?.how ?? null, lag_seconds),
    verdict: null,
    version,
  };
}

function relationOf({ reference, copy, headline, media }: Evidence): Link["relation"] | null {
  if (reference !== null && reference.kind !== "link" && reference.kind !== "declared") {
    return reference.kind === "mention" ? null : reference.kind;
  }
  if (copy !== null) return copy.relation;
  if (headline !== null) return "headline";
  if (reference !== null) return "shared-link";
  return media ? "shared-media" : null;
}

function kindsOf({ reference, copy, headline, media }: Evidence, credited: boolean): readonly EvidenceKind[] {
  const kinds: EvidenceKind[] = [];
  if (reference?.kind === "link" || reference?.kind === "declared") kinds.push(reference.kind);
  else if (reference !== null) kinds.push("stated");
  if (credited) kinds.push("credit");
  if (copy !== null) kinds.push("wording");
  if (headline !== null) kinds.push("headline");
  if (media) kinds.push("media");
  return kinds;
}

function statusOf(
  evidence: Evidence,
  child: Prepared,
  parent: Prepared,
  credited: boolean,
  options: CopiesOptions,
): Link["status"] {
  const { reference, copy, headline } = evidence;
  if (reference !== null) {
    const links = child.references.filter((each) => each.kind === "link").length;
    if (reference.kind !== "link" || links <= CITING_LINKS) return "asserted";
  }
  if (copy?.status === "asserted") {
    // An account repeats its own sign-off and its daily greeting; only a whole text of some length again is a copy.
    const own = sameAccount(child, parent);
    return own && (copy.relation !== "copy" || copy.shared < options.assert_weight)
      ? "suggested"
      : "asserted";
  }
  return headline !== null && credited ? "asserted" : "suggested";
}

/** 0 to 1: a stated reference is certain; wording counts by its share and, while short, by how much there is. */
function scoreOf({ reference, copy, headline }: Evidence, options: CopiesOptions): number {
  if (reference !== null && reference.kind !== "link") return 1;
  const wording =
    copy === null
      ? 0
      : Math.max(copy.overlap.child, copy.overlap.parent) *
        Math.min(1, copy.shared / (2 * options.assert_weight));
  const link = reference === null ? 0 : 0.7;
  const title = headline === null ? 0 : 0.4;
  return Math.round((1 - (1 - wording) * (1 - link) * (1 - title)) * 1000) / 1000;
}

function confidenceOf(
  { reference, copy }: Evidence,
  status: Link["status"],
  options: CopiesOptions,
): Link["confidence"] {
  if (reference !== null && reference.kind !== "link") return "high";
  if (status === "suggested") return "low";
  if (
    copy !== null &&
    Math.max(copy.overlap.child, copy.overlap.parent) >= 0.8 &&
    copy.shared >= 2 * options.assert_weight
  ) {
    return "high";
  }
  return "moderate";
}

function reasonsOf(
  { reference, copy, headline, media }: Evidence,
  child: Prepared,
  credit: string | null,
  [least, most]: Link["lag_seconds"],
): readonly string[] {
  const reasons: string[] = [];
  if (reference !== null) reasons.push(STATED[reference.kind]);
  const declared = child.post.declared_source;
  if (reference?.kind === "declared" && declared?.name !== undefined)
    reasons.push(`the source it declares is "${declared.name}"`);
  if (copy !== null) {
    const percent = (share: number) => `${Math.round(share * 100)} %`;
    reasons.push(
      `${percent(copy.overlap.child)} of its wording stands in the parent, ${percent(copy.overlap.parent)} of the parent's in it`,
    );
  }
  if (headline !== null) reasons.push(headline.how);
  if (media) reasons.push("shows the same image or video");
  if (credit !== null) reasons.push(credit);
  else if (copy !== null && reference === null) reasons.push("names no source that leads to the parent");
  if (least === null || most === null || (least < 0 && most > 0)) {
    reasons.push("the times of publication overlap or are not known, so which came first is not known");
  }
  return reasons;
}

const STATED: Readonly<Record<ResolvedReference["kind"], string>> = {
  repost: "the platform states that it reposts the parent",
  quote: "the platform states that it quotes the parent",
  reply: "the platform states that it replies to the parent",
  link: "links to the parent's page",
  declared: "declares the parent's page as its source",
  mention: "mentions the parent's account",
};

/** The strongest reference from `from` to `to`. */
function referenceTo(to: Prepared, from: Prepared): ResolvedReference | null {
  if (from.references.length === 0) return null;
  const rank = ["repost", "quote", "declared", "reply", "link", "mention"];
  const found = from.references.filter(
    (reference) => reference.post === to.post.id || (reference.url !== null && reference.url === to.url),
  );
  return found.sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind))[0] ?? null;
}

function sharesMedia(a: Prepared, b: Prepared): boolean {
  if (a.post.media.length === 0 || b.post.media.length === 0) return false;
  const shown = new Set(
    b.post.media.flatMap((media) => [media.sha256, media.phash]).filter((hash) => hash !== undefined),
  );
  return a.post.media.some((media) => shown.has(media.sha256 ?? "") || shown.has(media.phash ?? ""));
}

/** Whether both name the same pages, at least one. */
function sameLinks(a: Prepared, b: Prepared): boolean {
  const linked = ({ references }: Prepared) =>
    references
      .filter(({ kind, url }) => kind === "link" && url !== null)
      .map(({ url }) => url)
      .sort()
      .join("\n");
  const own = linked(a);
  return own !== "" && own === linked(b);
}

/** A few words by two accounts are chance, unless they address the same people and show the same page. */
function isTheSame(a: Prepared, b: Prepared): boolean {
  return a.post.text.trim() === b.post.text.trim() && MENTION.test(a.post.text) && sameLinks(a, b);
}

/**
 * An account says the same things again in its own posts: a sign-off, a series, an advertisement with another place in
 * it. That is worth a look only where the whole text comes again, or one of some length with few changes.
 */
function isOwnFormula(
  copy: CopyFinding | null,
  child: Prepared,
  parent: Prepared,
  options: CopiesOptions,
): boolean {
  if (copy === null || copy.relation === "copy" || !sameAccount(child, parent)) return false;
  return copy.relation !== "near-copy" || copy.shared < options.assert_weight;
}

function sameAccount(a: Prepared, b: Prepared): boolean {
  return a.post.platform === b.post.platform && a.post.account.id === b.post.account.id;
}
