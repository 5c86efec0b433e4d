import { writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { samplePost } from "../contracts/store.samples.ts";
import { folder, headwater, jsonLines } from "../support/command.ts";

const at = folder();
const config = path.join(at, "headwater.yml");
const run = (...args: string[]) => headwater([...args, "--config", config], { cwd: at });

describe("headwater post versions", () => {
  beforeAll(async () => {
    writeFileSync(config, "data: data\n");
    const store = await openSqliteStore(path.join(at, "data", "headwater.db"));
    const said = (text: string, day: number) =>
      samplePost("web:ferry", {
        text,
        sha256: "cd".repeat(32),
        collected_at: `2026-03-0${day}T00:00:00.000Z`,
      });
    await store.savePosts([said("The ferry stays until the ice has gone, the board said.", 1)]);
    await store.savePosts([said("The ferry stays until the snow has gone, the board said.", 2)]);
    for (const hour of ["06", "07"])
      await store.saveVisits([
        {
          post: "web:ferry",
          at: `2026-03-03T${hour}:00:00.000Z`,
          found: "gone",
          by: "author",
          reason: "deleted by its author",
          sha256: "ab",
        },
      ]);
    await store.close();
  });

  it("tells what was changed, what was found, and whether it is still there", async () => {
    const { code, out } = await run("post", "versions", "web:ferry");
    expect(code).toBe(0);
    expect(out).toMatch(/deleted by its author, between 2026-03-02 .* and 2026-03-03/s);
    expect(out).toMatch(/left out: “ice”\n.*added: “snow”/);
    expect(out).toContain("version 2 of 2, the current one");
    expect(out).toContain("cd".repeat(32));
  });

  it("gives all of it to programs, and finds it by a search", async () => {
    const told = JSON.parse((await run("post", "versions", "web:ferry", "--json")).out);
    expect(told.versions).toHaveLength(2);
    expect(told.existence).toMatchObject({ state: "deleted", by: "author" });
    const found = jsonLines((await run("search", "deleted_by:author edited_at:2026-03-02", "--json")).out);
    expect(found.map(({ id }) => id)).toEqual(["web:ferry"]);
    expect(found[0]).toMatchObject({
      existence: { state: "deleted", by: "author", sha256: "ab" },
      edited: {},
    });
    expect(found[0]!.existence).not.toHaveProperty("reason");
    expect((await run("search", "ferry")).out).toMatch(/deleted by\s+2026-03-03 · edited by 2026-03-02/);
  });

  it("says so when there is no such post", async () => {
    expect(await run("post", "versions", "web:none")).toMatchObject({
      code: 66,
      err: expect.stringContaining("no post has the id web:none"),
    });
  });
});
