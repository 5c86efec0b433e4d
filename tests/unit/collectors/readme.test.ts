import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { configSchema } from "../../../config/schema.ts";
import { checkConfig } from "../../../pipelines/check.ts";

const folders = readdirSync("collectors", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe("what a collector's README shows as config", () => {
  test.each(folders)("%s is a config without a problem", (folder) => {
    const readme = readFileSync(`collectors/${folder}/README.md`, "utf8");
    for (const [, yaml] of readme.matchAll(/```yaml\n(.*?)```/gs)) {
      const written = parse(yaml!) as Record<string, unknown>;
      if (!Array.isArray(written.sources)) continue;
      const config = configSchema.parse(written);
      expect(checkConfig(config, config.sources)).toEqual([]);
    }
  });
});
