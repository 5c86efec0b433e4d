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
  timestamp_url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .meta({
      env: "HEADWATER_TIMESTAMP_URL",
      description:
        "A timestamp service (RFC 3161). Of each closed file the hash of its manifest is sent there, about once an hour a worker; the signed answer is kept beside it.",
    }),
  timestamp_ca: z.string().min(1).nullable().default(null).meta({
    description:
      "PEM file with the certificates of the authority whose timestamps are believed; without one a timestamp is held against the certificate that it carries.",
  }),
});
export type EvidenceOptions = z.infer<typeof evidenceSchema>;
