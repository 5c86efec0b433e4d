import { z } from "zod";

export const evidenceSchema = z.strictObject({
  keep: z.boolean().default(true).meta({
    env: "HEADWATER_EVIDENCE",
    description:
      "Keep every answer that a source gave as it came, in WARC files in the folder `evidence` of the data folder: the proof of what a post said, also when it is gone.",
  }),
  file_bytes: z.int().min(1_000_000).default(500_000_000).meta({
    description: "A file is closed, and another begun, at this size. Each worker writes files of its own.",
  }),
});
export type EvidenceOptions = z.infer<typeof evidenceSchema>;
