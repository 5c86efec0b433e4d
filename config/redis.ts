import { z } from "zod";

export const redisSchema = z.strictObject({
  url: z
    .string()
    .regex(/^rediss?:\/\//, "write redis://host:6379, or rediss:// for TLS")
    .default("redis://127.0.0.1:6379")
    .meta({
      env: "HEADWATER_REDIS_URL",
      description: "The Redis or Valkey of `queue: bullmq`; user and password go into it.",
    }),
  prefix: z
    .string()
    .regex(/^[a-z0-9-]+$/, "use lower-case letters, digits and hyphens")
    .default("headwater")
    .meta({
      env: "HEADWATER_REDIS_PREFIX",
      description: "Goes before every key, so that installations may share a Redis.",
    }),
  lock_seconds: z.int().min(1).default(30).meta({
    description:
      "How long the job of a worker that died is kept for it; another takes it up within twice that.",
  }),
  keep_days: z.int().min(1).default(30).meta({
    description:
      "So many days a post's keys are kept in Redis. Older posts are looked up in Elasticsearch: all of the same wording or name, and nearly all of a shared passage.",
  }),
});
