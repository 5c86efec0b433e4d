import { openSync, readFileSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RetryLater, StopAll, UsageError } from "../../../contracts/errors.ts";
import type { Store } from "../../../contracts/store.ts";
import { explained } from "../../../stores/sqlite/failures.ts";
import { openSqliteStore } from "../../../stores/sqlite/index.ts";
import { MIGRATIONS } from "../../../stores/sqlite/migrations.ts";
import { analyze, found, ids, sampleLink, samplePost } from "../../contracts/store.samples.ts";

describe("a data folder", () => {
  let folder: string;
  let file: string;
  const opened: Store[] = [];
  async function open(options?: { readOnly: boolean }): Promise<Store> {
    const store = await openSqliteStore(file, options);
    opened.push(store);
    return store;
  }
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headwater-folder-"));
    file = path.join(folder, "new", "deep", "headwater.db");
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await rm(folder, { recursive: true });
  });

  it("is made when it is not there", async () => {
    const store = await open();
    expect(await store.savePosts([samplePost("web:1")])).toEqual(["added"]);
  });

  it("has one writer at a time", async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject({
      name: "UsageError",
      exit: 75,
      message: `another headwater process is writing in ${path.dirname(file)}; wait for it, or give --data another folder`,
    });
    await first.close();
    await first.close();
    await open();
  });

  it("is read beside the writer, who goes on", async () => {
    const writer = await open();
    await writer.savePosts([samplePost("web:1")]);
    const reader = await open({ readOnly: true });
    expect(await ids(reader, "text")).toEqual(["web:1"]);
    await writer.savePosts([samplePost("web:2")]);
    expect(await ids(reader, "text")).toEqual(["web:1", "web:2"]);
    await expect(reader.savePosts([samplePost("web:3")])).rejects.toBeInstanceOf(StopAll);
    await writer.close();
    expect(await ids(reader, "text")).toEqual(["web:1", "web:2"]);
  });

  it("is read after the writer has closed", async () => {
    await (await open()).close();
    expect(await ids(await open({ readOnly: true }), "*")).toEqual([]);
  });

  it("that is empty cannot be read, and says what to do", async () => {
    await expect(open({ readOnly: true })).rejects.toThrow("crawl or import something first");
    await expect(open({ readOnly: true })).rejects.toMatchObject({ exit: 66 });
  });

  it("that cannot be made says so", async () => {
    writeFileSync(path.join(folder, "new"), "a file where the folder should be");
    await expect(open()).rejects.toBeInstanceOf(UsageError);
    await expect(open()).rejects.toThrow("cannot be made");
  });

  it("of a newer Headwater is left alone; one that is too old to read is named", async () => {
    await (await open()).close();
    const setVersion = (version: number) => {
      const raw = new DatabaseSync(file);
      raw.exec(`PRAGMA user_version = ${version}`);
      raw.close();
    };
    setVersion(MIGRATIONS.length + 1);
    await expect(open()).rejects.toThrow("newer Headwater");
    setVersion(MIGRATIONS.length - 1);
    await expect(open({ readOnly: true })).rejects.toThrow("older Headwater");
  });

  it("of a former version keeps its links, whole", async () => {
    const store = await open();
    await store.savePosts([samplePost("web:1"), samplePost("web:2"), samplePost("web:3")]);
    const links = [
      sampleLink("web:2", "web:1", { version: "former" }),
      sampleLink("web:3", "web:1", { overlap: null, spans: [], version: "later" }),
    ];
    await analyze(store, { links });
    await store.close();
    const raw = new DatabaseSync(file);
    const write = raw.prepare("UPDATE links SET body = ? WHERE body ->> '$[0]' = ?");
    for (const link of links) write.run(JSON.stringify(link), link.child);
    raw.exec("ALTER TABLE links DROP COLUMN version; PRAGMA user_version = 5");
    raw.close();
    expect(await found(await open(), "links", { kind: "all" })).toEqual(links);
  });

  it("with a damaged file ends everything, with the sentence and the cause", async () => {
    const store = await open();
    await store.savePosts(Array.from({ length: 2_000 }, (_, i) => samplePost(`web:${i}`)));
    await store.close();
    const whole = readFileSync(file);

    const fd = openSync(file, "r+");
    // Past the first pages, which hold the schema.
    writeSync(fd, Buffer.alloc(whole.length - 65_536, 0xa5), 0, whole.length - 65_536, 65_536);
    const failure = await open()
      .then((damaged) => ids(damaged, "text"))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StopAll);
    expect(failure).toMatchObject({
      message: expect.stringContaining("is damaged"),
      cause: expect.any(Error),
    });
    for (const damaged of opened.splice(0)) await damaged.close();

    writeFileSync(
      file,
      "not a database at all, but long enough to have a header of one hundred bytes ".repeat(20),
    );
    await expect(open()).rejects.toThrow("is damaged or is not a Headwater database");
    truncateSync(file, 0);
    await expect(open()).resolves.toBeDefined();
  });

  it("on a full disk ends everything, and keeps what was stored", async () => {
    const raw = new DatabaseSync(":memory:");
    raw.exec("PRAGMA max_page_count = 2; CREATE TABLE t (x)");
    let full: unknown;
    try {
      raw.prepare("INSERT INTO t VALUES (?)").run("x".repeat(100_000));
    } catch (error) {
      full = error;
    }
    const failure = explained(full, file);
    expect(failure).toBeInstanceOf(StopAll);
    expect(failure).toMatchObject({ message: expect.stringContaining("is full"), cause: full });
  });

  it("tells what may pass from what will not", () => {
    const coded = (errcode: number) => Object.assign(new Error("told by SQLite"), { errcode });
    expect(explained(coded(5), file)).toBeInstanceOf(RetryLater);
    expect(explained(coded(10 | (3 << 8)), file)).toBeInstanceOf(StopAll);
    expect(explained(coded(8), file)).toBeInstanceOf(StopAll);
    const slip = new TypeError("a slip of ours");
    expect(explained(slip, file)).toBe(slip);
    expect(explained("thrown", file)).toBe("thrown");
  });
});
