import { z } from "zod";
import { SEVERITIES } from "../contracts/alert.ts";
import { MESSAGE_LANGUAGES } from "../contracts/message.ts";
import { REMOVERS } from "../contracts/revisit.ts";

export const DIGESTS = ["immediate", "hourly", "daily"] as const;
const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "write a time of day like 07:30");

/** A channel: what every notifier needs, and beside it the notifier's own options, checked by the notifier. */
export const channelSchema = z.looseObject({
  name: z.string().min(1).meta({ description: "Your name for it; unique." }),
  notifier: z.string().meta({ description: "How it is told, e.g. `slack`." }),
  enabled: z
    .boolean()
    .default(true)
    .meta({ description: "False keeps it in the config without telling it anything." }),
  lang: z
    .enum(MESSAGE_LANGUAGES)
    .optional()
    .meta({ description: "Its language; `alerts.lang` when left out." }),
  least_severity: z
    .enum(SEVERITIES)
    .default("low")
    .meta({ description: "Alerts of a lower severity are not told here." }),
  digest: z.enum(DIGESTS).default("immediate").meta({
    description:
      "Each alert at once, or several together every hour or day. A rule's own `digest` goes before it.",
  }),
  daily_at: clock.default("08:00").meta({ description: "Time of day of a daily digest, in `alerts.zone`." }),
  quiet_hours: z
    .strictObject({
      from: clock.meta({ description: "Begin, a time of day in `alerts.zone`." }),
      to: clock.meta({ description: "End; what was held back is told then." }),
      except: z
        .enum(SEVERITIES)
        .default("critical")
        .meta({ description: "Alerts of this severity or a higher one are told all the same." }),
    })
    .optional()
    .meta({ description: "When nothing is told." }),
  most_messages: z.int().min(1).default(4).meta({
    description:
      "Messages an hour and rule that are told alone; what goes beyond comes together in the next hour's digest.",
  }),
});
export type ChannelConfig = z.infer<typeof channelSchema>;

/** An alert rule: what every rule has, and beside it the options of its kind, checked by the kind. */
export const ruleSchema = z.looseObject({
  name: z.string().min(1).meta({ description: "Your name for it; unique. A rule renamed is another rule." }),
  kind: z.string().meta({ description: "What it looks for, e.g. `state-relay`." }),
  severity: z.enum(SEVERITIES).default("medium").meta({ description: "How grave its alerts are." }),
  enabled: z
    .boolean()
    .default(true)
    .meta({ description: "False keeps it in the config without raising alerts." }),
  channels: z
    .array(z.string())
    .optional()
    .meta({ description: "Channels that are told; all when left out." }),
  digest: z.enum(DIGESTS).optional().meta({ description: "Its own; each channel's when left out." }),
  tests: z
    .array(
      z.strictObject({
        name: z.string().min(1).meta({ description: "What is tested." }),
        posts: z.array(z.record(z.string(), z.unknown())).default([]).meta({
          description: "Posts in the interchange format; they are linked and traced as in earnest.",
        }),
        visits: z
          .array(
            z.strictObject({
              post: z.int().min(1).meta({ description: "Which of the posts, counted from 1." }),
              hours: z.number().min(0).meta({ description: "So long after it was collected." }),
              found: z.enum(["seen", "gone", "unreachable"]).meta({ description: "What was found." }),
              by: z
                .enum(REMOVERS)
                .default("unknown")
                .meta({ description: "Of `gone`: who took it away, as far as the platform says." }),
            }),
          )
          .default([])
          .meta({
            description: "For `deletion`, beside posts: what was found when they were looked at again.",
          }),
        days: z.array(z.int().min(0)).default([]).meta({
          description: "For `watch-surge`, instead of posts: posts a day, the day in question last.",
        }),
        runs: z
          .array(
            z.strictObject({
              hours_ago: z.number().min(0).meta({ description: "When the run was." }),
              added: z.int().min(0).default(0).meta({ description: "New posts it brought." }),
              failed: z.boolean().default(false).meta({ description: "Whether it failed." }),
            }),
          )
          .default([])
          .meta({ description: "For `source-stale`, instead of posts: the runs of a source." }),
        fires: z.boolean().meta({ description: "Whether an alert is to be raised." }),
      }),
    )
    .default([])
    .meta({ description: "Run by `headwater alert test`." }),
});
export type RuleConfig = z.infer<typeof ruleSchema>;

export const alertsSchema = z.strictObject({
  lang: z.enum(MESSAGE_LANGUAGES).default("en").meta({ description: "Language of alerts." }),
  zone: z
    .string()
    .default("UTC")
    .meta({ description: "Time zone of quiet hours, digests and times that are told." }),
  links: z
    .strictObject({
      kibana: z.url().optional().meta({
        description:
          "Where Kibana shows an alert. `{alert}`, `{story}`, `{watch}` and `{source}` are filled in.",
      }),
      report: z
        .url()
        .optional()
        .meta({ description: "Where its report is, with the same places to fill in." }),
      evidence: z
        .url()
        .optional()
        .meta({ description: "Where its posts are, with the same places to fill in." }),
    })
    .prefault({})
    .meta({ description: "Addresses that alerts link to; one whose place cannot be filled in is left out." }),
  channels: z
    .array(channelSchema)
    .default([])
    .meta({ description: "Where alerts are told, each by one notifier." }),
  rules: z.array(ruleSchema).default([]).meta({ description: "What raises an alert." }),
});
export type AlertsConfig = z.infer<typeof alertsSchema>;
