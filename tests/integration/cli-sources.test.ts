import { writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { sampleRun } from "../contracts/store.samples.ts";
import { folder, headwater } from "../support/command.ts";

const at = folder();
const config = path.join(at, "headwater.yml");
const run = (...args: string[]) => headwater([...args, "--config", config], { cwd: at });
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const REFUSED = "http://b.example/feed answered 403 Forbidden: the site refuses us.";

describe("headwater sources", () => {
  beforeAll(async () => {
    const source = (name: string) =>
      `  - { name: ${name}, collector: rss, url: "http://${name}.example/feed" }\n`;
    writeFileSync(config, `data: data\nsources:\n${["a", "b", "c"].map(source).join("")}`);
    const store = await openSqliteStore(path.join(at, "data", "headwater.db"));
    for (const hours of [3, 2, 1, 0.1])
      for (const name of ["a", "b"]) {
        const refused = name === "b" && hours < 2;
        await store.saveRun(
          sampleRun(`${name}${hours}`, {
            source: name,
            started_at: ago(hours),
            ended_at: ago(hours - 0.01),
            status: refused ? "failed" : "done",
            problems: refused ? [REFUSED] : [],
          }),
        );
      }
    await store.close();
  });

  it("tells how each source is, since when, and what to do", async () => {
    const { code, out } = await run("sources");
    expect(code).toBe(0);
    expect(out).toMatch(/^a +rss .* well /m);
    expect(out).toMatch(/^b +rss .* blocked /m);
    expect(out).toMatch(/^c +rss .* never read /m);
    const told = out.replace(/\s+/g, " ");
    expect(told).toContain(`It refuses us; 2 crawls failed, the last one with: ${REFUSED}`);
    expect(told).toContain("Ask more seldom, ask the owner for leave");
  });

  it("gives the same to programs", async () => {
    const { sources } = JSON.parse((await run("sources", "--json")).out);
    expect(sources.map(({ health }: { health: { state: string } }) => health.state)).toEqual([
      "well",
      "blocked",
      "new",
    ]);
    expect(sources[1].health).toMatchObject({ source: "b", last_success: expect.stringMatching(/Z$/) });
  });
});
