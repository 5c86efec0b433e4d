import { DEFAULT, LEAVABLE, OWN, type Profile } from "../config/sharing.ts";
import type { Format } from "../reports/interchange/format.ts";
import { formats } from "../reports/interchange/index.ts";

/** What `export` writes and for whom, from the formats' own words. */
export function interchangePage(): string {
  return [
    "# Interchange",
    "",
    "<!-- Made by scripts/docs.ts from reports/interchange and config/sharing.ts. Do not edit. -->",
    "",
    "`headwater export [kind] --format FORMAT --profile PROFILE > FILE`. The file is on standard output; on standard error stands",
    "what was read and where each of it ended (`70 posts read = 4 written + 66 left out: shares no page, image or video`).",
    "`--where` takes a part, in the query language of `search`. The same data give the same bytes.",
    "",
    "## Formats",
    "",
    "| format | what it is for | kinds |",
    "|---|---|---|",
    ...formats.map(
      (format) => `| [\`${format.name}\`](#${format.name}) | ${format.summary} | ${kindsOf(format)} |`,
    ),
    "",
    "Where a kind is **bold**, it is written when none is named.",
    "",
    ...formats.flatMap(({ name, title, notes, references }) => [
      `### ${name}`,
      "",
      `${title}.`,
      "",
      ...notes.map((note) => `- ${note}`),
      "",
      `See ${references.map((url) => `<${url}>`).join(", ")}.`,
      "",
    ]),
    "## Profiles",
    "",
    "A profile says what may leave to somebody: which kinds, which fields, whose names. It stands in the config under",
    "`sharing.profiles`; these two are always there:",
    "",
    "| profile | kinds | private accounts | texts |",
    "|---|---|---|---|",
    ...[DEFAULT, OWN].map(profileRow),
    "",
    "JSON Lines without `--profile` is a copy for your own use (`own`). Every other format is `default` when none is named.",
    "",
    "```yaml",
    "reports: { marking: UNCLASSIFIED, tlp: amber }",
    "sharing:",
    "  organisation: Example monitoring desk",
    "  profiles:",
    "    - name: partners",
    "      kinds: [posts, links, stories, traces]",
    "      leave_out: [text, engagement]",
    "      tlp: green",
    "```",
    "",
    `Fields that can be left out: ${LEAVABLE.map((field) => `\`${field}\``).join(", ")}. They are empty in every format.`,
    "",
    "**Pseudonyms.** An account is shown by name when it is a web site, belongs to a registered actor, or stands in",
    "`privacy.shown_accounts`. Of every other account the id, the handle and the name are replaced wherever they stand, in its own",
    "posts and in anybody’s text; so are the ids of its posts, and addresses on its platform’s host are cut to the host. A name",
    "shorter than four letters or two Han characters is a word like any other and stays in texts. Without `sharing.pseudonym_key`",
    "the pseudonyms are those of reports, and whoever has an account’s id can work its pseudonym out; with a key nobody can who has",
    "not got it. Texts of private accounts do not leave by `default`: a text can be searched for, and leads to its author.",
    "",
    "**Markings.** `reports.marking` and the TLP level (`reports.tlp`, or the profile’s own) go into STIX, MISP, graphs and feeds as",
    "each of them tells it. Tables and JSON Lines have no place for them: name the file accordingly.",
    "",
    "## Techniques of DISARM",
    "",
    "Headwater finds copies; that a copy is a technique is an analyst’s decision. `sharing.techniques` holds such decisions, each with",
    "who made it and when; STIX and MISP then carry the technique and the decision. Nothing is tagged that nobody decided, nor what",
    "is only suggested or was rejected.",
    "",
    "```yaml",
    "sharing:",
    "  techniques:",
    "    - { finding: uncredited-copy, technique: T0084.002, by: R. Analyst, date: 2026-03-02 }",
    "```",
    "",
  ].join("\n");
}

function kindsOf({ kinds, hasDefaultKind }: Format): string {
  return kinds.map((kind, i) => (i === 0 && hasDefaultKind ? `**${kind}**` : kind)).join(", ");
}

function profileRow({ name, kinds, pseudonyms, texts }: Profile): string {
  return `| \`${name}\` | ${kinds.join(", ")} | ${pseudonyms ? "by pseudonym" : "by name"} | ${texts === "shown" ? "of accounts shown by name" : texts} |`;
}
