import { z } from "zod";

export const analysisSchema = z.strictObject({
  cache_mb: z.int().min(1).nullable().default(null).meta({
    env: "HEADWATER_ANALYSIS_CACHE_MB",
    description:
      "Megabytes in which an analyzer keeps posts at hand that later ones may copy. With more it reads fewer of them again, and finds the same. Null: an eighth of the memory that the machine or container has for it, 352 at most.",
  }),
});
