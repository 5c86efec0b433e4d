import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import type { Capture } from "../../../contracts/capture.ts";
import { StopAll } from "../../../contracts/errors.ts";
import { sha1Digest, sha256 } from "../../../evidence/digest.ts";
import { readManifest } from "../../../evidence/manifest.ts";
import { readMessage } from "../../../evidence/record.ts";
import { readRecords, scan } from "../../../evidence/scan.ts";
import { withPython } from "../../servers/python.ts";
import { allOf, keep, sampleExchange, sampleMessage } from "../../support/exchanges.ts";

const CHUNKED = sampleExchange(gzipSync("a page, sent in chunks"), {
  sha256: sha256(Buffer.from("a page, sent in chunks")),
  response_headers: [
    ["content-type", "text/html"],
    ["content-encoding", "gzip"],
    ["transfer-encoding", "chunked"],
  ],
});
const BROTLI = sampleExchange(brotliCompressSync("新闻"), {
  url: "https://paper.example/%E6%96%B0",
  sha256: sha256(Buffer.from("新闻")),
  response_headers: [["Content-Encoding", "br"]],
});
const MOVED = sampleExchange("", {
  status: 302,
  url: "https://paper.example/old",
  response_headers: [["location", "https://paper.example/a?b=1"]],
});

describe("what is kept", () => {
  test("lies where the index says, answer and request, and reads as it came", async () => {
    const { folder, evidence, captures } = await keep();
    const ids: string[] = [];
    for (const each of [CHUNKED, BROTLI, MOVED]) ids.push(await evidence.record(each));
    await evidence.close();
    const [first] = (await captures()).filter(({ id }) => id === ids[0]);
    expect(first).toMatchObject({ url: CHUNKED.url, sha256: CHUNKED.sha256, status: 200, repeats: null });
    const [answer, request] = await readRecords(path.join(folder, first!.file), first!.offset, first!.length);
    expect(answer!.record).toMatchObject({ type: "response", id: ids[0] });
    const { start, headers, payload } = readMessage(answer!.record.block);
    expect(start).toBe("HTTP/1.1 200 OK");
    expect(headers).toEqual([
      ["content-type", "text/html"],
      ["content-encoding", "gzip"],
      ["X-Archive-Orig-transfer-encoding", "chunked"],
      ["Content-Length", String(CHUNKED.payload.length)],
    ]);
    expect(payload).toEqual(CHUNKED.payload);
    expect(first!.payload_digest).toBe(sha1Digest(payload));
    expect(request!.record.type).toBe("request");
    expect(readMessage(request!.record.block)).toMatchObject({
      start: "GET /a?b=1 HTTP/1.1",
      headers: [
        ["Host", "paper.example"],
        ["Connection", "keep-alive"],
        ["user-agent", "Headwater/0.1"],
      ],
    });
  });

  test.each([
    ["br", brotliCompressSync],
    ["zstd", zstdCompressSync],
  ])("%s, which archive tools do not read, is kept decoded, and that is said", async (coding, compress) => {
    const { folder, evidence, captures } = await keep();
    const body = Buffer.from("news ".repeat(99));
    const response_headers = [["Content-Encoding", coding]] as const;
    await evidence.record(sampleExchange(compress(body), { response_headers, sha256: sha256(body) }));
    await evidence.close();
    const { file, offset, length, payload_digest } = (await captures())[0]!;
    const [answer] = await readRecords(path.join(folder, file), offset, length);
    expect(payload_digest).toBe(sha1Digest(body));
    expect(readMessage(answer!.record.block)).toMatchObject({
      headers: [
        ["X-Archive-Orig-Content-Encoding", coding],
        ["Content-Length", String(body.length)],
      ],
      payload: body,
    });
  });

  test("a payload that came before is not written again", async () => {
    const { folder, evidence, captures } = await keep();
    const first = await evidence.record(sampleExchange("the same bytes"));
    await evidence.record(sampleExchange("the same bytes", { url: "https://other.example/" }));
    await evidence.record(sampleExchange("the same bytes", { sha256: "c".repeat(64) }));
    await evidence.close();
    // Of one time, they come by their random ids.
    const all = await captures();
    expect(all.filter(({ repeats }) => repeats === null)).toHaveLength(2);
    const [revisit, ...others] = all.filter(({ repeats }) => repeats !== null) as [Capture, ...Capture[]];
    expect([revisit.repeats, others]).toEqual([first, []]);
    const [found] = await readRecords(path.join(folder, revisit.file), revisit.offset, revisit.length);
    const { record } = found!;
    expect(record.type).toBe("revisit");
    expect(record.headers.get("warc-refers-to")).toBe(`<urn:uuid:${first}>`);
  });

  test("a message of a stream is a resource without a request, and is not written when it comes again", async () => {
    const { folder, evidence, captures } = await keep();
    const message = sampleMessage('{"text":"新闻"}');
    const id = await evidence.recordMessage(message);
    expect(await evidence.recordMessage({ ...message, at: "2026-11-27T00:00:00.000Z" })).toBe(id);
    await evidence.close();
    const [capture, ...others] = await captures();
    expect(others).toEqual([]);
    expect(capture).toMatchObject({ id, at: message.at, status: 101, sha256: message.sha256, repeats: null });
    const records = await readRecords(path.join(folder, capture!.file), capture!.offset, capture!.length);
    expect(records.map(({ record }) => record.type)).toEqual(["resource"]);
    const { headers, block } = records[0]!.record;
    expect(block).toEqual(message.payload);
    expect(Object.fromEntries(headers)).toMatchObject({
      "warc-target-uri": message.url,
      "warc-date": message.at,
      "content-type": "application/json",
      "warc-payload-digest": sha1Digest(message.payload),
      "warc-block-digest": `sha256:${message.sha256}`,
    });
  });

  test("what another process has kept is found by the store", async () => {
    const before = await keep();
    const first = await before.evidence.record(sampleExchange("kept yesterday"));
    await before.evidence.close();
    const { evidence, captures } = await keep({ folder: before.folder, store: before.store });
    await evidence.record(sampleExchange("kept yesterday", { at: "2026-11-27T00:00:00.000Z" }));
    await evidence.close();
    expect(await captures()).toEqual([]);
    expect((await before.captures()).map(({ repeats }) => repeats)).toEqual([null, first]);
  });

  test("a closed file has a manifest of itself and of every answer in it", async () => {
    const { folder, evidence, captures, closed } = await keep({ file_bytes: 2_000 });
    for (let i = 0; i < 8; i++) await evidence.record(sampleExchange(`page ${i} ${"x".repeat(i * 99)}`));
    await evidence.close();
    const files = new Set((await captures()).map(({ file }) => file));
    expect(files.size).toBeGreaterThan(2);
    expect(closed.map((file) => path.relative(folder, file)).sort()).toEqual([...files].sort());
    for (const { id, file, offset, length } of await captures()) {
      const bytes = readFileSync(path.join(folder, file));
      const manifest = await readManifest(path.join(folder, file));
      expect(manifest!.get(path.basename(file))).toBe(sha256(bytes));
      expect(manifest!.get(`${id}.warc.gz`)).toBe(sha256(bytes.subarray(offset, offset + length)));
    }
  });

  test("many at once are each whole", async () => {
    const { folder, evidence, captures } = await keep({ file_bytes: 20_000 });
    await Promise.all(Array.from({ length: 200 }, (_, i) => evidence.record(sampleExchange(`page ${i}`))));
    await evidence.close();
    const all = await captures();
    expect(all).toHaveLength(200);
    for (const { id, file, offset, length } of all) {
      const [answer] = await readRecords(path.join(folder, file), offset, length);
      expect(answer!.record.id).toBe(id);
    }
  });

  test("a file is closed in its time, also when nothing more comes", async () => {
    const { evidence, closed } = await keep({ file_ms: 20 });
    await evidence.record(sampleExchange("alone"));
    await expect.poll(() => closed.length).toBe(1);
    await evidence.close();
    expect(closed).toHaveLength(1);
  });

  test("what cannot be written stops the crawl, with what to do", async () => {
    const { evidence, folder } = await keep();
    writeFileSync(path.join(folder, "2026-11"), "a file where the folder should be");
    const failure = await evidence.record(sampleExchange("x")).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StopAll);
    expect((failure as Error).message).toMatch(/evidence cannot be written to .*make room/);
  });
});

describe("what a crash leaves", () => {
  /** A file as a process that was killed leaves it: with whole records, then `torn`. */
  async function killed(torn: (bytes: Buffer) => Buffer) {
    const kept = await keep();
    for (const page of ["one", "two"]) await kept.evidence.record(sampleExchange(page));
    const [month] = readdirSync(kept.folder) as [string];
    const [name] = readdirSync(path.join(kept.folder, month)) as [string];
    const bytes = readFileSync(path.join(kept.folder, month, name));
    await kept.evidence.close();
    const left = name.replace(/-\d+-(\d+\.warc\.gz\.open)$/, "-99999999-$1");
    writeFileSync(path.join(kept.folder, month, left), Buffer.concat([bytes, torn(bytes)]));
    return { folder: kept.folder, closed: path.join(kept.folder, month, left.slice(0, -5)), bytes };
  }

  it.each([1, 9, 12, 100])("is closed by the next, a record cut after %i bytes left out", async (length) => {
    const { folder, closed, bytes } = await killed((whole) => whole.subarray(0, length));
    const next = await keep({ folder });
    await next.evidence.record(sampleExchange("three"));
    await next.evidence.close();
    expect(readFileSync(closed)).toEqual(bytes);
    expect((await readManifest(closed))!.size).toBe(4);
    expect(next.closed).toContain(closed);
  });

  it("is closed as it is where nothing was cut", async () => {
    const { folder, closed, bytes } = await killed(() => Buffer.alloc(0));
    const next = await keep({ folder });
    await next.evidence.record(sampleExchange("three"));
    await next.evidence.close();
    expect(readFileSync(closed)).toEqual(bytes);
    expect((await readManifest(closed))!.get(path.basename(closed))).toBe(sha256(bytes));
  });

  it("of a process that runs is left alone", async () => {
    const kept = await keep();
    await kept.evidence.record(sampleExchange("one"));
    const beside = await keep({ folder: kept.folder });
    await beside.evidence.record(sampleExchange("two"));
    await beside.evidence.close();
    await kept.evidence.record(sampleExchange("three"));
    await kept.evidence.close();
    expect(await kept.captures()).toHaveLength(2);
    expect(new Set((await kept.captures()).map(({ file }) => file)).size).toBe(1);
  });
});

describe("reading", () => {
  async function written(count: number) {
    const { folder, evidence, captures } = await keep({ file_bytes: 100_000_000 });
    const pages = Array.from({ length: count }, (_, i) => `page ${i} `.repeat(1 + (i % 50)));
    await Promise.all(pages.map((page) => evidence.record(sampleExchange(page))));
    await evidence.close();
    const all = await captures();
    return { all, path: path.join(folder, all[0]!.file) };
  }

  it("names the one record of a thousand in which a bit was flipped", async () => {
    const { all, path: file } = await written(1_000);
    const victim = all[432]!;
    const bytes = readFileSync(file);
    bytes[victim.offset + 40]! ^= 4;
    writeFileSync(file, bytes);
    const broken = [];
    const read = new Set<string>();
    for await (const part of scan(file)) {
      if ("problem" in part) broken.push(part);
      else read.add(part.record.id);
    }
    expect(broken).toHaveLength(1);
    expect(broken[0]).toMatchObject({ offset: victim.offset, torn: false });
    expect(all.filter(({ id }) => !read.has(id)).map(({ id }) => id)).toEqual([victim.id]);
  });

  it.each(["header", "middle", "checksum"])("goes on after damage in the %s", async (where) => {
    const { all, path: file } = await written(30);
    const victim = all.toSorted((a, b) => a.offset - b.offset)[10]!;
    const [answer] = await readRecords(file, victim.offset, victim.length);
    const at = { header: 0, middle: answer!.length >> 1, checksum: answer!.length - 6 }[where]!;
    const bytes = readFileSync(file);
    bytes[victim.offset + at]! ^= 0x55;
    writeFileSync(file, bytes);
    const parts = await allOf(scan(file));
    expect(parts.filter((part) => "problem" in part)).toHaveLength(1);
    expect(parts).toHaveLength(1 + 30 * 2);
  });

  it("says that a file ends in the middle, and reads what is before", async () => {
    const { path: file } = await written(30);
    truncateSync(file, readFileSync(file).length - 5);
    const parts = await allOf(scan(file));
    expect(parts.at(-1)).toMatchObject({ torn: true });
    expect(parts).toHaveLength(1 + 30 * 2);
    appendFileSync(file, "not gzip at all");
    expect((await allOf(scan(file))).at(-1)).toMatchObject({ torn: false });
  });

  it("reads records larger than what is read at once", async () => {
    const { folder, evidence, captures } = await keep({ file_bytes: 100_000_000 });
    const noise = Buffer.alloc(5_000_000);
    for (let i = 0, x = 1; i < noise.length; i++) {
      x = (x * 48_271) % 2_147_483_647;
      noise[i] = x & 255;
    }
    await evidence.record(sampleExchange(noise));
    await evidence.record(sampleExchange("after"));
    await evidence.close();
    const [first] = await captures();
    const parts = await allOf(scan(path.join(folder, first!.file)));
    expect(parts.map((part) => ("problem" in part ? part.problem : part.record.type))).toEqual([
      "warcinfo",
      "response",
      "request",
      "response",
      "request",
    ]);
  });
});

await withPython((python) => {
  describe("warcio", () => {
    it("finds every digest right, and reads each payload as it was sent", async () => {
      const { folder, evidence, captures } = await keep();
      for (const each of [CHUNKED, BROTLI, MOVED, sampleExchange("plain"), sampleExchange("plain")])
        await evidence.record(each);
      await evidence.record(
        sampleExchange("cut sh", { truncated: true, response_headers: [["content-length", "99"]] }),
      );
      const message = sampleMessage('{"text":"新闻"}');
      await evidence.recordMessage(message);
      await evidence.close();
      const { file } = (await captures())[0]!;
      const script = `
import sys, json, hashlib
from warcio.cli import main
from warcio.archiveiterator import ArchiveIterator
try:
    main(["check", "-v", sys.argv[1]])
except SystemExit as end:
    assert not end.code, end.code
with open(sys.argv[1], "rb") as stream:
    for record in ArchiveIterator(stream, check_digests="raise"):
        payload = record.content_stream().read()
        if record.rec_type in ("response", "resource"):
            print("=", hashlib.sha256(payload).hexdigest(), record.rec_headers.get_header("Headwater-Body-Digest"), record.rec_headers.get_header("WARC-Target-URI"))
        else:
            print("=", record.rec_type)
`;
      const told = (await python(script, path.join(folder, file))).split("\n");
      expect(told.filter((line) => line.includes("digest pass")).length).toBeGreaterThan(8);
      expect(told.filter((line) => line.startsWith("= ")).map((line) => line.slice(2))).toEqual([
        "warcinfo",
        ...[CHUNKED, BROTLI, MOVED, sampleExchange("plain")].flatMap(({ sha256: hash, url }) => [
          `${hash} sha256:${hash} ${url}`,
          "request",
        ]),
        "revisit",
        "request",
        expect.stringMatching(/^(\w+) sha256:\1 /),
        "request",
        `${message.sha256} sha256:${message.sha256} ${message.url}`,
      ]);
    });

    it("sees what was changed", async () => {
      const { folder, evidence, captures } = await keep();
      await evidence.record(sampleExchange("said on Monday"));
      await evidence.close();
      const { file } = (await captures())[0]!;
      const script = `
import sys, gzip
from warcio.cli import main
plain = gzip.open(sys.argv[1]).read().replace(b"Monday", b"Sunday")
open(sys.argv[1] + ".changed", "wb").write(plain)
try:
    main(["check", sys.argv[1] + ".changed"])
except SystemExit as end:
    print("code", end.code)
`;
      expect(await python(script, path.join(folder, file))).toMatch(/block digest failed.*code 1/s);
    });
  });
});
