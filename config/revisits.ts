import { z } from "zod";
import { durationSchema, secondsOf } from "./durations.ts";

export const revisitsSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .meta({ description: "False never looks at a post again for its own sake." }),
  after: z
    .array(durationSchema)
    .min(1, "name at least one time")
    .default(["1h", "6h", "1d", "3d", "7d", "30d"])
    .refine(
      (times) => times.every((time, i) => i === 0 || secondsOf(time) > secondsOf(times[i - 1]!)),
      "each time must be longer than the one before",
    )
    .meta({ description: "So long after its wording was first seen a post is looked at again." }),
  confirm: durationSchema
    .default("1h")
    .refine((time) => secondsOf(time) >= 3_600, "nothing is called deleted within an hour; give 1h or more")
    .meta({
      description:
        "So long after a post was found gone, or could not be reached, it is looked at again; the pause doubles each time.",
    }),
  imported: z.boolean().default(false).meta({
    description:
      "Look at posts again that came from files, too, or from sources that the config has no more.",
  }),
});
export type RevisitsConfig = z.infer<typeof revisitsSchema>;
