import type { PostDraft } from "../../contracts/post.ts";
import { wordingOf, wordingText } from "../../text/wording.ts";
import { postsOf } from "../copies/corpus.ts";
import { count, share, table } from "../copies/tables.ts";
import { readLines } from "../data.ts";
import { type Analysed, analyseInMemory, rootOf } from "./driver.ts";

interface Row {
  readonly kind: string;
  readonly copy: string;
  readonly origin: string;
}

/** A line of the set: the account's followers stand beside it. */
type Line = PostDraft & { readonly followers?: number };

function withFollowers({ followers, ...draft }: Line): PostDraft {
  return followers === undefined ? draft : { ...draft, account: { ...draft.account, followers } };
}

/** Characters of the wording that the simple method compares. */
const PREFIX = 40;

/** Retweets whose marker the data set has taken out: is the account they came from named? */
export async function iraOrigins(dataDir: string, say: (line: string) => void): Promise<string> {
  const drafts: PostDraft[] = [];
  for (const draft of postsOf(dataDir, "ira-origins") as Iterable<Line>) drafts.push(withFollowers(draft));
  if (drafts.length === 0) return "The set ira-origins was not found, so its origins were not measured.";
  const truth: Row[] = [];
  for (const line of readLines(dataDir, "ira-origins", "truth.origins.csv.gz")) {
    const [kind, copy, origin] = line.split(",") as [string, string, string];
    if (kind !== "kind") truth.push({ kind, copy, origin });
  }
  say(`${count(drafts.length)} tweets, ${count(truth.length)} copies with a known origin`);
  const analysed = await analyseInMemory(drafts);
  const simple = earliestByPrefix(drafts);
  const account = new Map(drafts.map(({ id, account }) => [`twitter:${id}`, account?.id ?? ""]));
  const methods = [
    {
      name: "Headwater: first of the line of parents",
      of: (copy: string) => rootAccount(copy, analysed, account),
    },
    { name: "Headwater: parent", of: (copy: string) => parentAccount(copy, analysed, account) },
    {
      name: "Headwater: parent, or the first-ranked where undetermined",
      of: (copy: string) => parentAccount(copy, analysed, account) ?? firstRanked(copy, analysed, account),
    },
    { name: "Headwater: parent or an alternative", of: null },
    {
      name: `earliest with the same first ${PREFIX} characters`,
      of: (copy: string) => account.get(simple.get(copy) ?? "") ?? null,
    },
  ];
  const kinds = [...new Set(truth.map(({ kind }) => kind))];
  const rows = methods.map(({ name, of }) => [
    name,
    ...kinds.flatMap((kind) => {
      const rows = truth.filter((row) => row.kind === kind);
      const right = rows.filter(({ copy, origin }) => {
        const wanted = account.get(origin)!;
        return of === null ? isAmong(copy, wanted, analysed, account) : of(copy) === wanted;
      });
      const silent = of === null ? 0 : rows.filter(({ copy }) => of(copy) === null).length;
      return [share(right.length, rows.length), of === null ? "–" : share(silent, rows.length)];
    }),
  ]);
  const minute = new Map(
    drafts.map(({ id, published_at }) => [`twitter:${id}`, Date.parse(published_at ?? "")]),
  );
  const flagged = truth.filter(({ kind }) => kind === kinds[0]);
  const sameMinute = ({ copy, origin }: Row) => minute.get(copy) === minute.get(origin);
  const [level, told] = [flagged.filter(sameMinute), flagged.filter((row) => !sameMinute(row))];
  const split = [
    { name: "the origin's minute is earlier", rows: told },
    { name: "both are of one minute", rows: level },
    { name: "all", rows: flagged },
  ].map(({ name, rows }) => {
    const wanted = ({ origin }: Row) => account.get(origin)!;
    const of = (which: (row: Row) => boolean) => share(rows.filter(which).length, rows.length);
    const named = rows.filter(({ copy }) => parentAccount(copy, analysed, account) !== null);
    const right = named.filter((row) => parentAccount(row.copy, analysed, account) === wanted(row));
    return [
      name,
      count(rows.length),
      of((row) => right.includes(row)),
      share(right.length, named.length),
      of(
        (row) =>
          (parentAccount(row.copy, analysed, account) ?? firstRanked(row.copy, analysed, account)) ===
          wanted(row),
      ),
      of((row) => isAmong(row.copy, wanted(row), analysed, account)),
      of(({ copy, origin }) => account.get(simple.get(copy) ?? "") === account.get(origin)),
    ];
  });
  const texts = new Map(drafts.map(({ id, text }) => [`twitter:${id}`, text]));
  const doubtful = told.filter(({ copy, origin }) => {
    const parent = parentOf(copy, analysed);
    if (parent === null || account.get(parent) === account.get(origin)) return false;
    const [own, its, theirs] = [copy, parent, origin].map((post) => linksIn(texts.get(post) ?? ""));
    return own!.some((link) => its!.includes(link)) && !own!.some((link) => theirs!.includes(link));
  });
  return [
    `${count(drafts.length)} tweets, their retweet markers taken out; ${kinds.map((kind) => `${count(truth.filter((row) => row.kind === kind).length)} ${kind}`).join(", ")}. Right: the account of the origin is named. ` +
      `In memory: links ${analysed.seconds.links.toFixed(1)} s, ${count(analysed.traces.length)} traces ${analysed.seconds.traces.toFixed(1)} s.`,
    "",
    table(["method", ...kinds.flatMap((kind) => [`${kind}: right`, "none named"])], rows),
    "",
    `The set tells times to the minute. Of ${count(level.length)} of the ${kinds[0]} copies the origin is of the same minute, and nothing in the set says which of the two came first: ` +
      `there a parent is \`undetermined\` with its candidates, so that no more than ${share(told.length, flagged.length)} of all can be named. The simple method names whichever stands first in the file.`,
    "",
    table(
      [
        `${kinds[0]}, where`,
        "copies",
        "named and right",
        "right where named",
        "right, first-ranked where undetermined",
        "among parent and alternatives",
        `earliest with the same first ${PREFIX} characters`,
      ],
      split,
    ),
    "",
    `Of the copies whose origin's minute is earlier, ${count(doubtful.length)} are counted as wrong although they carry a short link of the post that is named and none of the post that the set calls the origin; a platform makes such a link for one post.`,
  ].join("\n");
}

/** Null: it is in no story, or nothing earlier is named. */
function rootAccount(
  copy: string,
  { traceOf }: Analysed,
  account: ReadonlyMap<string, string>,
): string | null {
  const trace = traceOf.get(copy);
  if (trace === undefined) return null;
  const { post, choice } = rootOf(copy, trace);
  return post === copy || choice.status === "undetermined" ? null : (account.get(post) ?? null);
}

const linksIn = (text: string): readonly string[] => text.match(/https?:\/\/t\.co\/\w+/g) ?? [];

function parentOf(copy: string, { traceOf }: Analysed): string | null {
  return traceOf.get(copy)?.parents[copy]?.parent ?? null;
}

function parentAccount(
  copy: string,
  analysed: Analysed,
  account: ReadonlyMap<string, string>,
): string | null {
  const parent = parentOf(copy, analysed);
  return parent === null ? null : (account.get(parent) ?? null);
}

/** The candidate named first of those whose order the times do not tell. */
function firstRanked(
  copy: string,
  { traceOf }: Analysed,
  account: ReadonlyMap<string, string>,
): string | null {
  const choice = traceOf.get(copy)?.parents[copy];
  return choice?.status === "undetermined" ? (account.get(choice.alternatives[0] ?? "") ?? null) : null;
}

function isAmong(
  copy: string,
  wanted: string,
  { traceOf }: Analysed,
  account: ReadonlyMap<string, string>,
): boolean {
  const choice = traceOf.get(copy)?.parents[copy];
  if (choice === undefined) return false;
  return [choice.parent, ...choice.alternatives].some(
    (post) => post !== null && account.get(post) === wanted,
  );
}

function earliestByPrefix(drafts: readonly PostDraft[]): ReadonlyMap<string, string> {
  const first = new Map<string, { readonly id: string; readonly at: number }>();
  const prefixes = new Map<string, string>();
  for (const { id, text, published_at } of drafts) {
    const prefix = wordingText(wordingOf(text ?? "")).slice(0, PREFIX);
    const full = `twitter:${id}`;
    const at = Date.parse(published_at ?? "");
    prefixes.set(full, prefix);
    const known = first.get(prefix);
    if (known === undefined || at < known.at) first.set(prefix, { id: full, at });
  }
  return new Map([...prefixes].map(([id, prefix]) => [id, first.get(prefix)!.id]));
}
