import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { httpSchema } from "../../../config/schema.ts";
import { checkFiles } from "../../../evidence/check-files.ts";
import { readHeld } from "../../../evidence/held.ts";
import { stampClosed } from "../../../evidence/stamping.ts";
import { postBytes } from "../../../http/post-bytes.ts";
import { allOf, keep, SILENT, sampleExchange, sampleMessage } from "../../support/exchanges.ts";
import { type TimestampService, timestampService } from "../../support/timestamp-service.ts";

let service: TimestampService;
beforeAll(async () => {
  service = await timestampService();
});
afterAll(() => service.close());

/** Two pages, one of them twice, in a closed and stamped file. */
async function stamped() {
  const http = httpSchema.parse({ allow_private: [service.address] });
  const ask = (body: Uint8Array) =>
    postBytes(service.url, { content_type: "application/timestamp-query", body, most: 100_000 }, http);
  const trust = { authorities: readFileSync(service.authority, "utf8") };
  const kept = await keep();
  for (const page of ["one", "two", "one"]) await kept.evidence.record(sampleExchange(page));
  await kept.evidence.close();
  await stampClosed(kept.folder, ask, { log: SILENT, now: () => new Date(), ...trust });
  const captures = await kept.captures();
  const file = path.join(kept.folder, captures[0]!.file);
  const checked = async () => {
    const files = await allOf(checkFiles(kept.folder, kept.store, trust));
    const held = await Promise.all(captures.map((capture) => readHeld(kept.folder, capture, trust)));
    return {
      files,
      all: files.flatMap(({ problems }) => problems),
      answers: held.flatMap(({ problems }) => problems),
      held,
    };
  };
  return { ...kept, file, captures, checked };
}

function flip(file: string, at: (length: number) => number): void {
  const bytes = readFileSync(file);
  bytes[at(bytes.length)]! ^= 1;
  writeFileSync(file, bytes);
}

describe("what is kept", () => {
  it("fits its hashes, its manifest, its timestamp and the index", async () => {
    const { checked } = await stamped();
    const { files, all, answers, held } = await checked();
    expect([all, answers]).toEqual([[], []]);
    expect(files).toMatchObject([{ open: false, answers: 3, unlisted: 0, stamped: true }]);
    expect(held.map(({ body, stamp }) => [String(body), stamp?.trusted]).sort()).toEqual([
      ["null", true],
      ["one", true],
      ["two", true],
    ]);
  });

  it("can be checked while it is written", async () => {
    const { evidence, folder, store, captures } = await keep();
    await evidence.record(sampleExchange("one"));
    const [file] = await allOf(checkFiles(folder, store, { authorities: null }));
    expect(file).toMatchObject({ open: true, answers: 1, stamped: false, problems: [] });
    const held = await readHeld(folder, (await captures())[0]!, { authorities: null });
    expect(held).toMatchObject({ file: "open", problems: [], stamp: null });
    await evidence.close();
  });

  it("is told of where the index does not list it: a process ended in between", async () => {
    const kept = await keep();
    const deaf = { find: kept.store.find, saveCaptures: async () => {} };
    const { evidence } = await keep({ folder: kept.folder, store: deaf });
    await evidence.record(sampleExchange("one"));
    await evidence.close();
    const [file] = await allOf(checkFiles(kept.folder, kept.store, { authorities: null }));
    expect(file).toMatchObject({ answers: 1, unlisted: 1, problems: [] });
  });
});

describe("a message of a stream", () => {
  const check = async (change: (file: string, offset: number) => void) => {
    const { evidence, folder, store, captures } = await keep();
    await evidence.recordMessage(sampleMessage('{"text":"said on Monday"}'));
    await evidence.close();
    const [capture] = await captures();
    change(path.join(folder, capture!.file), capture!.offset);
    const files = await allOf(checkFiles(folder, store, { authorities: null }));
    const held = await readHeld(folder, capture!, { authorities: null });
    return { files, held };
  };

  it("fits its hashes, its manifest and the index", async () => {
    const { files, held } = await check(() => {});
    expect(files).toMatchObject([{ answers: 1, unlisted: 0, problems: [] }]);
    expect([String(held.body), held.problems]).toEqual(['{"text":"said on Monday"}', []]);
  });

  it("that says something else fits none of its digests", async () => {
    const { files, held } = await check((file, offset) => {
      const bytes = readFileSync(file);
      const record = bytes.subarray(offset);
      const said = gunzipSync(record).toString();
      // Ids and times in it differ from run to run, and with them by how much it is packed: a word that takes as much room.
      const changed = [..."abcdefghijklmnopqrstuvwxyz"]
        .map((letter) => gzipSync(said.replace("Monday", `Sunda${letter}`)))
        .find(({ length }) => length === record.length)!;
      writeFileSync(file, Buffer.concat([bytes.subarray(0, offset), changed]));
    });
    expect(files[0]!.problems.join("\n")).toMatch(/resource .* block digest.*resource .* payload digest/s);
    expect(held.problems.join("\n")).toMatch(/resource .* block digest.*the body .* has the SHA-256/s);
  });
});

describe("what was tampered with is named", () => {
  it.each<[string, (file: string) => void, RegExp]>([
    ["a bit of an answer", (file) => flip(file, (length) => length - 30), /damaged at byte|cannot be read/],
    ["the manifest", (file) => flip(`${file}.sha256`, () => 70), /timestamp of .* is of another file/],
    [
      "the timestamp",
      (file) => flip(`${file}.sha256.tsr`, (length) => length - 5),
      /timestamp of .* is not signed/,
    ],
    ["no manifest", (file) => rmSync(`${file}.sha256`), /no manifest|manifest of .* is gone/],
  ])("%s", async (_, change, sentence) => {
    const { file, checked } = await stamped();
    change(file);
    const { all, answers } = await checked();
    expect(all.join("\n")).toMatch(sentence);
    expect(answers.join("\n")).toMatch(sentence);
  });

  it("bytes added at the end", async () => {
    const { file, checked } = await stamped();
    appendFileSync(file, "more");
    const { all, answers } = await checked();
    expect(all.join("\n")).toMatch(/damaged at byte.*has the SHA-256/s);
    expect(answers).toEqual([]);
  });

  it("a file that is gone", async () => {
    const { file, checked, captures } = await stamped();
    rmSync(file);
    const { answers } = await checked();
    expect(answers).toHaveLength(captures.length);
    expect(answers[0]).toMatch(/is not in .*; it may lie where another machine collects/);
  });

  it("an index that says something else of an answer", async () => {
    const { captures, folder, store, checked } = await stamped();
    const whole = captures.find(({ repeats }) => repeats === null)!;
    const capture = { ...whole, sha256: "f".repeat(64), at: "2020-01-01T00:00:00.000Z" };
    const { problems } = await readHeld(folder, capture, { authorities: null });
    expect(problems).toEqual([
      expect.stringMatching(/the body at byte .* has the SHA-256 \w+, and not f+/),
      expect.stringMatching(/says WARC-Date 2026.*, and the index 2020/),
      expect.stringMatching(/says Headwater-Body-Digest/),
    ]);
    await store.saveCaptures([{ ...captures[1]!, offset: 1 }]);
    expect((await checked()).all.join()).toMatch(/does not hold, at byte 1, the answer/);
  });

  it("an answer that was put in its place, hashes and all", async () => {
    const { file, captures, checked } = await stamped();
    const other = await keep({ folder: path.join(path.dirname(file), "..", "..", "other") });
    await other.evidence.record(sampleExchange("another page"));
    await other.evidence.close();
    const [{ file: from }] = (await other.captures()) as unknown as [{ file: string }];
    writeFileSync(file, readFileSync(path.join(other.folder, from)));
    rmSync(other.folder, { recursive: true });
    const { all, answers } = await checked();
    expect(all.join("\n")).toMatch(/and its manifest says/);
    expect(all.join("\n")).toMatch(/the manifest does not list/);
    expect(answers.length).toBeGreaterThanOrEqual(captures.length);
  });
});
