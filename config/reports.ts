import { z } from "zod";
import { tlpSchema } from "./sharing.ts";

const bilingual = (what: string) =>
  z.union([
    z.string().min(1),
    z.strictObject({
      en: z
        .string()
        .min(1)
        .meta({ description: `${what} in English.` }),
      fr: z
        .string()
        .min(1)
        .meta({ description: `${what} in French.` }),
    }),
  ]);

/** A name as it is written in the config: one for both languages, or one for each. */
export type Bilingual = z.infer<ReturnType<typeof bilingual>>;

const date = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

export const eventSchema = z.strictObject({
  date: date.meta({
    description: "Day, or instant, of the event: `2021-09-08`, `2021-09-08T20:00:00-04:00`.",
  }),
  name: bilingual("Its name").meta({
    description: "What happened: one text, or one in `en` and one in `fr`.",
  }),
  kind: bilingual("Its kind").optional().meta({ description: "Debate, poll, vote …, in your words." }),
});

export const reportsSchema = z.strictObject({
  marking: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: "Classification marking at the head and foot of reports, e.g. `UNCLASSIFIED`." }),
  paragraph_marking: z
    .string()
    .default("(U)")
    .meta({ description: "Marking before each paragraph, where `marking` is set." }),
  tlp: tlpSchema,
  folder: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: "Folder that reports are written to; `reports` in the data folder when left out." }),
  chromium: z.string().nullable().default(null).meta({
    env: "HEADWATER_CHROMIUM",
    description:
      "Chromium or Chrome that prints PDF and shows pages that only scripts fill; the usual places are tried when left out.",
  }),
  monitoring: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens")
          .meta({ description: "Your short name for it; unique." }),
        name: bilingual("Its name").meta({ description: "Its name as reports show it." }),
        from: z.iso.date().meta({ description: "First day." }),
        to: z.iso.date().meta({ description: "Last day." }),
        background: bilingual("The background").optional().meta({
          description: "Who announced the monitoring, who is told, how often: the report's background.",
        }),
      }),
    )
    .default([])
    .meta({ description: "Monitoring periods (a by-election's), for after-action reports." }),
});

export function inLanguage(name: Bilingual, lang: "en" | "fr"): string {
  return typeof name === "string" ? name : name[lang];
}
