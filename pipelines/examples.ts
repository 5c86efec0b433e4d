import { map } from "../collectors/file/map.ts";
import { fileOptions } from "../collectors/file/options.ts";
import type { Config } from "../config/schema.ts";
import type { Post } from "../contracts/post.ts";
import { identify } from "../text/identify.ts";

/** When the posts of a config's tests count as collected. */
export const EXAMPLES_COLLECTED_AT = "2100-01-01T00:00:00.000Z";

/**
 * A post of a config's tests: only its text, or a post as `import` takes it. What it leaves out is filled in; what is
 * wrong with it is told.
 */
export function examplePost(
  written: string | Readonly<Record<string, unknown>>,
  { platforms }: Pick<Config, "platforms">,
  id = "example",
): { readonly post: Post } | { readonly rejected: string } {
  const record = typeof written === "string" ? { text: written } : written;
  const mapped = map(
    { platform: "web", id, account: { id: "example" }, ...record },
    fileOptions.parse({ path: "-" }),
  );
  if ("rejected" in mapped) return mapped;
  if (mapped.unknown_fields.length > 0)
    return { rejected: `there is no field ${mapped.unknown_fields.join(", ")} in a post` };
  const context = { source: "example", collected_at: EXAMPLES_COLLECTED_AT, platforms };
  return identify(mapped.draft, context);
}
