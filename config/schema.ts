import { z } from "zod";
import { AFFILIATIONS } from "../contracts/actor.ts";
import { alertsSchema } from "./alerts.ts";
import { analysisSchema } from "./analysis.ts";
import { copiesSchema } from "./copies.ts";
import { elasticsearchSchema } from "./elasticsearch.ts";
import { evidenceSchema } from "./evidence.ts";
import { redisSchema } from "./redis.ts";
import { eventSchema, reportsSchema } from "./reports.ts";

import { retentionSchema } from "./retention.ts";
import { revisitsSchema } from "./revisits.ts";
import { ownSchedule, scheduleSchema } from "./schedule.ts";
import { sharingSchema } from "./sharing.ts";
import { watchSchema } from "./watches.ts";

// One table: every key of the config file with its default, its meaning and, where it has one, its environment
// variable. Help, `config schema`, `config check` and docs/config.md are made from it. Unknown keys are refused.

const env = (name: string, description: string) => ({ env: name, description });

export const httpSchema = z.strictObject({
  user_agent: z
    .string()
    .min(1)
    .default("Headwater/0.1 (public-interest narrative monitoring)")
    .meta(env("HEADWATER_USER_AGENT", "Who we say we are. The contact is added to it.")),
  contact: z
    .string()
    .nullable()
    .default(null)
    .meta(env("HEADWATER_CONTACT", "An address or page where a site's owner reaches you.")),
  delay_ms: z.int().min(0).default(5000).meta({
    description:
      "Least pause between two requests to one host, milliseconds. A longer Crawl-delay of the site's robots.txt is kept.",
  }),
  timeout_ms: z.int().min(100).default(30_000).meta({
    description: "Longest time for one whole request, from connecting to the last byte, milliseconds.",
  }),
  max_bytes: z
    .int()
    .min(1024)
    .default(20_000_000)
    .meta({ description: "Largest body kept, in bytes after decompression." }),
  max_redirects: z
    .int()
    .min(0)
    .max(20)
    .default(5)
    .meta({ description: "Longest chain of redirects followed." }),
  retries: z
    .int()
    .min(0)
    .max(10)
    .default(3)
    .meta({ description: "How often a request is tried again within one crawl after a passing failure." }),
  respect_robots: z
    .literal(true)
    .default(true)
    .meta({ description: "robots.txt is always kept; the key is here to say so." }),
  allow_private: z.array(z.string()).default([]).meta({
    description:
      "Private addresses that may be reached after all, as CIDR with an optional port: `10.1.0.0/16`, `127.0.0.1:8080`.",
  }),
  hosts: z.record(z.string(), z.string()).default({}).meta({
    description:
      "Host names with a fixed address, as in a hosts file: `news.example: 127.0.0.1:8080`; `*.example` for all below.",
  }),
});
export type HttpOptions = z.infer<typeof httpSchema>;

export const actorSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens")
    .meta({ description: "Your short name for it; unique." }),
  name: z.string().min(1).meta({ description: "Its name as reports show it." }),
  affiliation: z
    .enum(AFFILIATIONS)
    .meta({ description: "Whose it is, as far as the evidence says. Always somebody's judgement." }),
  typology: z
    .string()
    .optional()
    .meta({ description: "Finer class, in the words of the list it comes from." }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "use an ISO 3166 two-letter code")
    .optional()
    .meta({ description: "Country it answers to, as an ISO 3166 two-letter code." }),
  accounts: z
    .array(z.string().regex(/^[a-z0-9-]+:.+$/, "write platform:account-id"))
    .default([])
    .meta({ description: "Its accounts, as `platform:account-id` (or `platform:handle`)." }),
  domains: z.array(z.string()).default([]).meta({ description: "Its web domains; those below count too." }),
  names: z
    .array(z.string())
    .default([])
    .meta({ description: "Other names it is credited by, in any language." }),
  evidence: z
    .array(
      z.strictObject({
        source: z.string().meta({ description: "Who says so." }),
        date: z.iso.date().meta({ description: "When it was said or looked up." }),
        url: z.url().optional().meta({ description: "Where it can be read." }),
        note: z.string().optional().meta({ description: "What it says, in short." }),
      }),
    )
    .min(1, "needs at least one item of evidence, with source and date")
    .meta({ description: "Why the affiliation is held to be so." }),
  confidence: z.enum(["low", "moderate", "high"]).meta({ description: "How sure the affiliation is." }),
  valid_from: z.iso.date().optional().meta({ description: "First day the entry holds; open when left out." }),
  valid_to: z.iso.date().optional().meta({ description: "Last day the entry holds; open when left out." }),
});

/** A source: what every collector needs, and beside it the collector's own options, checked by the collector. */
export const sourceSchema = z.looseObject({
  name: z.string().min(1).meta({ description: "Your name for it; unique." }),
  collector: z.string().meta({ description: "Which collector reads it, e.g. `rss`." }),
  every: z.string().optional().meta({
    description:
      "Cron expression for this source, or `auto`; that of its group, else `schedule.every`, when left out.",
  }),
  group: z.string().optional().meta({ description: "The group of `schedule.groups` whose schedule it has." }),
  schedule: z
    .strictObject(ownSchedule)
    .optional()
    .meta({ description: "What else of its schedule is its own." }),
  enabled: z
    .boolean()
    .default(true)
    .meta({ description: "False keeps it in the config without crawling it." }),
});

export const configSchema = z.strictObject({
  data: z
    .string()
    .default(".headwater")
    .meta(env("HEADWATER_DATA", "Folder that holds everything Headwater writes.")),
  store: z
    .enum(["sqlite", "elasticsearch"])
    .default("sqlite")
    .meta(
      env(
        "HEADWATER_STORE",
        "What holds everything: `sqlite`, a file in the data folder for one process; `elasticsearch` for any number of them, and Kibana.",
      ),
    ),
  elasticsearch: elasticsearchSchema
    .prefault({})
    .meta({ description: "The server of `store: elasticsearch`." }),
  demo: z.boolean().default(false).meta({
    description: "Serve the demo case's small web on loopback while running, and resolve its hosts there.",
  }),
  queue: z
    .enum(["memory", "bullmq"])
    .default("memory")
    .meta(
      env(
        "HEADWATER_QUEUE",
        "Where jobs wait: `memory` for one process; `bullmq` for any number of them, with Redis.",
      ),
    ),
  redis: redisSchema.prefault({}).meta({
    description:
      "What the workers of `queue: bullmq` share beside the store: jobs, keys, and the pace of hosts.",
  }),
  platforms: z
    .array(z.string().regex(/^[a-z0-9-]+$/))
    .default([])
    .meta({ description: "Platform names to accept beside the known ones." }),
  http: httpSchema.prefault({}).meta({ description: "How requests are made." }),
  evidence: evidenceSchema.prefault({}).meta({ description: "What is kept as proof of what was collected." }),
  copies: copiesSchema.prefault({}).meta({ description: "When two wordings count as a copy." }),
  analysis: analysisSchema.prefault({}).meta({ description: "What analysis takes of the machine." }),
  schedule: scheduleSchema.prefault({}).meta({ description: "When sources are crawled." }),
  revisits: revisitsSchema.prefault({}).meta({
    description: "When posts of watched stories are looked at again, for edits and deletions.",
  }),
  privacy: z
    .strictObject({
      shown_accounts: z
        .array(z.string().regex(/^[a-z0-9-]+:.+$/, "write platform:account-id"))
        .default([])
        .meta({
          description:
            "Accounts shown by name in findings and lists, as `platform:account-id`. Web sites and registered actors always are; all others have a stable pseudonym (`wechat account 3f9a1c`), which `--names` reveals once.",
        }),
    })
    .prefault({})
    .meta({ description: "How private people are shown." }),
  retention: retentionSchema.prefault({}).meta({
    description: "How long things are kept, and when what is older is taken away.",
  }),
  reports: reportsSchema.prefault({}).meta({ description: "How reports are made." }),
  sharing: sharingSchema.prefault({}).meta({ description: "What may leave to others, and how." }),
  events: z.array(eventSchema).default([]).meta({
    description: "Dated things in the world to read timelines against: debates, polls, votes.",
  }),
  sources: z
    .array(sourceSchema)
    .default([])
    .meta({ description: "What is collected, each by one collector." }),
  watches: z
    .array(watchSchema)
    .default([])
    .meta({ description: "Narratives that analysts follow; each analysed post joins those it matches." }),
  alerts: alertsSchema.prefault({}).meta({ description: "What raises an alert, and who is told of it." }),
  actors: z.array(actorSchema).default([]).meta({
    description: "The outlets, bodies and people behind accounts and domains, as analysts registered them.",
  }),
});
export type Config = z.infer<typeof configSchema>;
export type SourceConfig = z.infer<typeof sourceSchema>;
