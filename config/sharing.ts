import { z } from "zod";
import { RELATIONS } from "../contracts/link.ts";
import { disarmTechniques } from "./disarm.ts";

/** What `export` writes. `accounts` are made of posts and links; all others are kept as they are. */
export const EXPORT_KINDS = [
  "posts",
  "links",
  "accounts",
  "stories",
  "traces",
  "alerts",
  "deliveries",
  "runs",
  "quarantine",
  "captures",
] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** Fields that a profile can leave out, by the names of the interchange format. */
export const LEAVABLE = [
  "text",
  "title",
  "url",
  "account.handle",
  "account.name",
  "engagement",
  "references",
  "media",
  "declared_source",
  "watches",
  "source",
  "sha256",
  "reasons",
  "spans",
  "who",
] as const;
export type Leavable = (typeof LEAVABLE)[number];

/** Traffic Light Protocol 2.0 of FIRST. */
export const TLP = ["clear", "green", "amber", "amber+strict", "red"] as const;
export type Tlp = (typeof TLP)[number];

export const tlpSchema = z
  .enum(TLP)
  .nullable()
  .default(null)
  .meta({ description: "Traffic Light Protocol 2.0 level of what is exported; none when left out." });

/** Whose texts leave: those of accounts shown by name, everybody's with names replaced, or none. */
const TEXTS = ["shown", "all", "none"] as const;

export const profileSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens")
      .refine((name) => name !== "own", "`own` is the profile that shares everything; choose another name")
      .meta({
        description: "Your name for it; unique. One called `default` takes the place of the built-in.",
      }),
    kinds: z
      .array(z.enum(EXPORT_KINDS))
      .min(1, "name at least one kind")
      .meta({ description: "What may leave by it. A format that is made of several kinds needs them all." }),
    leave_out: z
      .array(z.enum(LEAVABLE))
      .default([])
      .meta({ description: "Fields that never leave by it: they are empty in every format." }),
    pseudonyms: z.boolean().default(true).meta({
      description:
        "Private accounts leave by pseudonym: their ids, handles, names, URLs and the ids of their posts are replaced everywhere.",
    }),
    texts: z.enum(TEXTS).default("shown").meta({
      description:
        "Whose titles and texts leave: `shown`, of accounts shown by name; `all`, with the names of others replaced (a text can still be searched for); `none`.",
    }),
    tlp: tlpSchema.meta({ description: "Its own TLP level; that of `reports.tlp` when left out." }),
  })
  .refine(({ kinds, pseudonyms }) => !pseudonyms || !kinds.includes("quarantine"), {
    path: ["kinds"],
    message: "quarantine holds records as they came, names and all; leave it out, or set `pseudonyms: false`",
  });
export type Profile = z.infer<typeof profileSchema>;

const FINDINGS = ["uncredited-copy", "credited-copy", ...RELATIONS] as const;

export const techniqueSchema = z.strictObject({
  finding: z.enum(FINDINGS).meta({
    description:
      "What was found between two posts. `uncredited-copy` and `credited-copy` stand for all relations that rest on wording.",
  }),
  technique: z
    .string()
    .refine((id) => disarmTechniques.has(id), {
      error: ({ input }) => `DISARM has no technique ${JSON.stringify(input)}; write an id like T0084.002`,
    })
    .meta({ description: "Id of the DISARM technique, e.g. `T0084.002`." }),
  by: z.string().min(1).meta({ description: "Who decided that the finding stands for the technique." }),
  date: z.iso.date().meta({ description: "When." }),
  note: z.string().optional().meta({ description: "Why, in short." }),
});
export type TechniqueMapping = z.infer<typeof techniqueSchema>;

export const sharingSchema = z.strictObject({
  organisation: z.string().min(1).default("Headwater").meta({
    description: "Who shares: the author of what is exported as STIX or MISP.",
  }),
  pseudonym_key: z.string().min(16, "use at least 16 characters").nullable().default(null).meta({
    env: "HEADWATER_PSEUDONYM_KEY",
    description:
      "A secret that pseudonyms in exports are made with; then nobody without it can work out whose they are. Keep it: another key gives other pseudonyms. Without one they are those of reports.",
  }),
  techniques: z.array(techniqueSchema).default([]).meta({
    description:
      "Findings that analysts take for techniques of the DISARM framework. Nothing is tagged that is not named here.",
  }),
  profiles: z
    .array(profileSchema)
    .refine((profiles) => new Set(profiles.map(({ name }) => name)).size === profiles.length, {
      message: "two profiles have one name; rename one of them",
    })
    .default([])
    .meta({ description: "What may leave to whom, for `export --profile`." }),
});
export type SharingOptions = z.infer<typeof sharingSchema>;

const SHARED_KINDS: readonly ExportKind[] = ["posts", "links", "accounts", "stories", "traces", "alerts"];

/** Everything as it is kept, for one's own use: a copy that can be imported again. */
export const OWN: Profile = {
  name: "own",
  kinds: [...EXPORT_KINDS],
  leave_out: [],
  pseudonyms: false,
  texts: "all",
  tlp: null,
};

/** What others may have without further thought. */
export const DEFAULT: Profile = {
  name: "default",
  kinds: [...SHARED_KINDS],
  leave_out: [],
  pseudonyms: true,
  texts: "shown",
  tlp: null,
};

/** All profiles there are, by name. */
export function profilesOf({ profiles }: SharingOptions): ReadonlyMap<string, Profile> {
  return new Map([DEFAULT, ...profiles, OWN].map((profile) => [profile.name, profile]));
}
