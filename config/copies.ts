import { z } from "zod";

// Weights are in letters; a Han character, kana or Hangul syllable weighs two.

export const copiesSchema = z.strictObject({
  assert_overlap: z.number().min(0).max(1).default(0.5).meta({
    description: "Share of the shorter text that must stand in the other before a copy is asserted.",
  }),
  suggest_overlap: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .meta({ description: "Share from which a copy is suggested, to be looked at." }),
  assert_weight: z.int().min(1).default(60).meta({
    description:
      "Shared letters (a Han character counts two) needed to assert; below it, a copy is only suggested.",
  }),
  identical_weight: z.int().min(1).default(30).meta({
    description:
      "Letters (a Han character counts two) from which two accounts' identical wording is asserted; below it, only suggested.",
  }),
  suggest_weight: z
    .int()
    .min(1)
    .default(24)
    .meta({ description: "Shared letters (a Han character counts two) needed to suggest." }),
});
export type CopiesOptions = z.infer<typeof copiesSchema>;
