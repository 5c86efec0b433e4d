import { z } from "zod";

const env = (name: string, description: string) => ({ env: name, description });

/** What `store: elasticsearch` is reached by, and how its indexes are laid out. */
export const elasticsearchSchema = z.strictObject({
  url: z
    .string()
    .regex(/^https?:\/\/[^\s,]+(?:,\s*https?:\/\/[^\s,]+)*$/, "write https://host:9200, several with commas")
    .default("http://127.0.0.1:9200")
    .meta(env("HEADWATER_ELASTICSEARCH_URL", "Its address, or those of several nodes with commas.")),
  api_key: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .meta(
      env(
        "HEADWATER_ELASTICSEARCH_API_KEY",
        "An encoded API key. It is a secret: set it by the variable, or by a file that the variable with _FILE names.",
      ),
    ),
  ca: z
    .string()
    .nullable()
    .default(null)
    .meta(
      env(
        "HEADWATER_ELASTICSEARCH_CA",
        "File with the certificate of the authority that signed the server's, when no public one did.",
      ),
    ),
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, "use lower-case letters, digits and hyphens")
    .default("headwater")
    .meta(
      env(
        "HEADWATER_ELASTICSEARCH_PREFIX",
        "What the names of indexes begin with, so that installations may share a server.",
      ),
    ),
  shards: z.int().min(1).max(64).default(1).meta({
    description:
      "Shards of an index that grows with the posts (posts: of each month). Read when an index is made; 30 GB a shard is a good size.",
  }),
  replicas: z.int().min(0).max(8).nullable().default(null).meta({
    description: "Copies of each shard on other nodes; null is one as soon as there is a second node.",
  }),
});
