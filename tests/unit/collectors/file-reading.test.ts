import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { elementsOf } from "../../../collectors/file/elements.ts";
import { file } from "../../../collectors/file/index.ts";
import { LONGEST_LINE, linesOf } from "../../../collectors/file/lines.ts";
import { fileOptions } from "../../../collectors/file/options.ts";
import { SetAside } from "../../../contracts/errors.ts";
import type { Fetched, Fetcher } from "../../../contracts/fetcher.ts";
import { crawl } from "../../contracts/collector.crawl.ts";

const folder = mkdtempSync(path.join(tmpdir(), "headwater-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, bytes: string | Uint8Array): string {
  const at = path.join(folder, name);
  writeFileSync(at, bytes);
  return at;
}

const noWeb: Fetcher = async () => {
  throw new Error("nothing is fetched");
};
const io = (signal = new AbortController().signal, fetch = noWeb) => ({
  fetch,
  secrets: {},
  now: () => new Date("2026-01-01T00:00:00Z"),
  signal,
});
const read = (options: object, signal?: AbortSignal, fetch?: Fetcher) =>
  crawl(file, fileOptions.parse(options), null, io(signal, fetch));

const line = (id: number) =>
  JSON.stringify({ platform: "web", id: `n${id}`, text: `Post number ${id} ${Math.sin(id)}` });
const lines = (count: number) => Array.from({ length: count }, (_, id) => `${line(id)}\n`).join("");

test("records come a thousand a page, with the progress in bytes of the file as it lies there", async () => {
  const at = write("many.jsonl.gz", gzipSync(lines(2500)));
  const options = fileOptions.parse({ path: at });
  const sizes: number[] = [];
  let last = { done: 0, total: 1 };
  for await (const { records, progress } of file.collect(options, null, { ...io(), warn: () => {} })) {
    sizes.push(records.length);
    expect(progress!.done).toBeGreaterThanOrEqual(last.done);
    last = progress!;
  }
  expect(sizes).toEqual([1000, 1000, 500]);
  expect(last.done).toBe(last.total);
});

test("a gzip file that breaks off loses nothing that came before", async () => {
  const whole = gzipSync(lines(3000));
  const at = write("cut.jsonl.gz", whole.subarray(0, Math.floor(whole.length * 0.8)));
  const { drafts, rejected, failure } = await read({ path: at });
  expect(drafts.length).toBeGreaterThan(2000);
  expect(rejected.length).toBeLessThanOrEqual(1);
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure!.message).toContain("breaks off inside its compressed data");
});

test("a table that breaks off loses nothing that came before either", async () => {
  const whole = gzipSync(
    `platform,id,text\n${Array.from({ length: 3000 }, (_, i) => `web,${i},row ${Math.sin(i)}\n`).join("")}`,
  );
  const at = write("cut.csv.gz", whole.subarray(0, Math.floor(whole.length * 0.8)));
  const { drafts, failure } = await read({ path: at });
  expect(drafts.length).toBeGreaterThan(2000);
  expect(failure).toBeInstanceOf(SetAside);
});

test("a line of more than 10 MB is refused in bounded memory, and its neighbours are kept", async () => {
  const long = `{"platform":"web","id":"long","text":"${"x".repeat(LONGEST_LINE)}"}`;
  const at = write("long.jsonl", `${line(1)}\n${long}\n${line(2)}\n`);
  const { drafts, rejected, raws } = await read({ path: at });
  expect(drafts.map(({ id }) => id)).toEqual(["n1", "n2"]);
  expect(rejected).toEqual([expect.stringMatching(/long\.jsonl line 2: the line has 10,000,0\d\d bytes/)]);
  expect(JSON.stringify(raws[1]).length).toBeLessThan(3000);
});

test("lines are cut right wherever the chunks end", async () => {
  const text = "\ufeffeins\r\nzwei 中文 drei\n\nvier";
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 3, 5, 100]) {
    const chunks = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    };
    const found: string[] = [];
    for await (const some of linesOf(chunks())) found.push(...some.map((one) => `${one.number} ${one.text}`));
    expect(found).toEqual(["1 eins", "2 zwei 中文 drei", "3 ", "4 vier"]);
  }
});

test.each([
  ["an empty list", "[]", 1],
  ["a list of a line", `[${line(8)},${line(9)}]`, 1],
])("%s as the first of many lines costs no other", async (_, first, refused) => {
  const at = write("list-first.jsonl", `${first}\n{\n${line(1)}\n${line(2)}\n`);
  const { drafts, rejected } = await read({ path: at });
  expect(drafts.map(({ id }) => id)).toEqual(["n1", "n2"]);
  expect(rejected).toHaveLength(refused + 1);
});

test("what stands beside a list in a JSON document is read or refused, never passed over", async () => {
  const at = write("beside.json", `[\n${line(1)},\n${line(2)}\n]\n${line(3)}\nnull\n[${line(4)}]\n`);
  const { drafts, rejected } = await read({ path: at });
  expect(drafts.map(({ id }) => id)).toEqual(["n1", "n2", "n3", "n4"]);
  expect(rejected).toHaveLength(1);
});

test("UTF-16 is read by its mark", async () => {
  const at = write("wide.jsonl", Buffer.from(`\ufeff${line(1)}\n${line(2)}\n`, "utf16le"));
  expect((await read({ path: at })).drafts).toHaveLength(2);
});

test("a table that is not UTF-8 has its bad rows refused", async () => {
  const at = write(
    "bad.csv",
    Buffer.concat([
      Buffer.from("platform,id,text\nweb,1,ok\nweb,2,"),
      Buffer.from([0xff, 0xfe]),
      Buffer.from("\n"),
    ]),
  );
  const { drafts, rejected } = await read({ path: at });
  expect(drafts).toHaveLength(1);
  expect(rejected[0]).toContain("bad.csv line 3: the row is not valid UTF-8");
});

test("a quote that never closes is told with its line; rows before it are kept", async () => {
  const at = write("quote.csv", `platform,id,text\nweb,1,ok\nweb,2,"open\n${"web,3,x\n".repeat(10)}`);
  const { drafts, rejected } = await read({ path: at });
  expect(drafts).toHaveLength(1);
  expect(rejected[0]).toMatch(/quote\.csv line 3: the table cannot be read from here on/);
});

test("the delimiter is told by the first row, so that others may stand in a text", async () => {
  const texts = async (name: string, table: string) =>
    (await read({ path: write(name, table) })).drafts.map(({ text }) => text);
  expect(await texts("comma.csv", "platform,id,text\nweb,1,one; two | three\n")).toEqual([
    "one; two | three",
  ]);
  expect(await texts("tab.tsv", "platform\tid\ttext\nweb\t1\tone, two\n")).toEqual(["one, two"]);
});

test("the format is told by the first character where the name does not tell it", async () => {
  expect((await read({ path: write("posts", `\n ${line(1)}`) })).drafts).toHaveLength(1);
  expect((await read({ path: write("rows", "platform,id,text\nweb,1,x\n") })).drafts).toHaveLength(1);
});

test("a list over many lines is read record by record", async () => {
  const { drafts } = await read({ path: write("list.json", `[\n  ${line(1)},\n  ${line(2)}\n]\n`) });
  expect(drafts.map(({ id }) => id)).toEqual(["n1", "n2"]);
});

test("an address is read through the polite client, gzip or not", async () => {
  const body = gzipSync(lines(3));
  const fetch: Fetcher = async (url) => ({ url, body }) as Partial<Fetched> as Fetched;
  const { drafts } = await read({ url: "http://a.example/posts.jsonl.gz" }, undefined, fetch);
  expect(drafts).toHaveLength(3);
});

test("abort ends it quietly between pages", async () => {
  const controller = new AbortController();
  const at = write("abort.jsonl", lines(5000));
  const pages: number[] = [];
  for await (const { records } of file.collect(fileOptions.parse({ path: at }), null, {
    ...io(controller.signal),
    warn: () => {},
  })) {
    pages.push(records.length);
    controller.abort();
  }
  expect(pages).toEqual([1000]);
});

test.each([
  ["a missing file", () => path.join(folder, "none.jsonl"), "there is no such file"],
  ["a folder", () => folder, "is a folder"],
  ["a ZIP archive", () => write("a.jsonl", Buffer.from("PK\u0003\u0004rest")), "is a ZIP archive"],
  ["bytes of something else", () => write("b.jsonl", Buffer.from([0x7f, 0x45, 0, 0, 1, 2])), "is no text"],
  ["a table without a text", () => write("c.csv", "a,b\n1,2\n"), 'has no column "text"'],
  ["a table with a column twice", () => write("d.csv", "text,text\n1,2\n"), 'has two columns "text"'],
])("%s is told in one sentence", async (_, at, sentence) => {
  const { drafts, failure } = await read({ path: at() });
  expect(drafts).toEqual([]);
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure!.message).toContain(sentence);
});

test("an empty file is told, and is no failure", async () => {
  const { failure, warnings } = await read({ path: write("empty.jsonl", "") });
  expect([failure, warnings]).toEqual([null, [expect.stringContaining("holds no records")]]);
});

test("a column map that names what is not there says what is", async () => {
  const { failure } = await read({ path: write("e.csv", "body\nx\n"), columns: { text: "txt" } });
  expect(failure!.message).toContain('has no column "txt"; it has "body"');
});

const FOUR_CAT = `id,thread_id,author,body,unix_timestamp,url\n1,1,港口,轮渡今天回来了,1714979289,https://x.com/a/status/1\n`;

test.each([
  ["with a byte order mark", Buffer.from(`\ufeff${FOUR_CAT}`), {}],
  ["in UTF-16", Buffer.from(`\ufeff${FOUR_CAT}`, "utf16le"), {}],
  ["packed", gzipSync(FOUR_CAT), {}],
  ["under a misleading name and semicolons", Buffer.from(FOUR_CAT.replaceAll(",", ";")), {}],
])("an export %s is told by its columns", async (_, bytes, options) => {
  const at = write("export.txt", bytes);
  const { drafts } = await read({ path: at, ...options });
  expect(drafts).toEqual([expect.objectContaining({ platform: "x", id: "1", text: "轮渡今天回来了" })]);
});

test("the run is told how the file was found to be written", async () => {
  const at = write("told.csv", FOUR_CAT);
  for await (const { read_as } of file.collect(fileOptions.parse({ path: at }), null, {
    ...io(),
    warn: () => {},
  }))
    expect(read_as).toBe("4cat");
});

test("records of a document are cut right wherever the chunks end, with what stands around them", async () => {
  const text =
    '\ufeff{"id": 12345678901234567890, "name":"a \\"]} b", "on":[{"x":[1,{"y":"}"}]} , "z",\n 7],"more":{"on":[3]}}';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 3, 7, 1000]) {
    const chunks = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    };
    const found = [];
    for await (const some of elementsOf(chunks(), "a.json", ["on[]"])) found.push(...some);
    expect(found.map((one) => one.text)).toEqual(['{"x":[1,{"y":"}"}]}', '"z"', "7"]);
    expect(found[0]!.around).toEqual({ id: "12345678901234567890", name: 'a "]} b' });
  }
});

test.each([
  ["nests without end", "[".repeat(500), "deeper than"],
  ["is no JSON inside", '{"messages": [{"a":1}, %', "is no JSON after its record 1"],
  ["closes what it did not open", '{"messages": [{"a":1}}', "is no JSON after its record 1"],
  ["breaks off", '{"messages": [{"a":1},', "is cut short"],
])("a document that %s is told, and what came before is kept", async (_, text, sentence) => {
  const chunks = async function* () {
    yield Buffer.from(text);
  };
  const found: string[] = [];
  const reading = async () => {
    for await (const some of elementsOf(chunks(), "a.json", ["messages[]"]))
      found.push(...some.map((one) => one.text));
  };
  await expect(reading()).rejects.toThrow(sentence);
  expect(found).toEqual(text.includes("messages") ? ['{"a":1}'] : []);
});

test("a record of more than 10 MB inside a document is refused in bounded memory, and its neighbours are kept", async () => {
  const long = `{"platform":"web","id":"long","text":"${"x".repeat(LONGEST_LINE)}"}`;
  const { drafts, rejected } = await read({ path: write("long.json", `[${line(1)},${long},${line(2)}]`) });
  expect(drafts.map(({ id }) => id)).toEqual(["n1", "n2"]);
  expect(rejected).toEqual([expect.stringMatching(/long\.json record 2: the record has 10,000,0\d\d bytes/)]);
});
