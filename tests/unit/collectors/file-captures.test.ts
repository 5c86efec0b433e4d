import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { file } from "../../../collectors/file/index.ts";
import { fileOptions } from "../../../collectors/file/options.ts";
import { SetAside } from "../../../contracts/errors.ts";
import { crawl } from "../../contracts/collector.crawl.ts";

const folder = mkdtempSync(path.join(tmpdir(), "headwater-captures-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const io = {
  fetch: async () => {
    throw new Error("nothing is fetched");
  },
  now: () => new Date("2026-01-01T00:00:00Z"),
  signal: new AbortController().signal,
  secrets: {},
};
const read = (name: string, bytes: Uint8Array) => {
  const at = path.join(folder, name);
  writeFileSync(at, bytes);
  return crawl(file, fileOptions.parse({ path: at }), null, io);
};

interface Written {
  readonly type?: string;
  readonly url?: string;
  readonly http?: string;
  readonly body?: string | Uint8Array;
  readonly extra?: string;
  /** What Content-Length says instead of the truth. */
  readonly length?: number;
}

function record({
  type = "response",
  url = "https://news.example/a",
  http,
  body = "",
  extra = "",
  length,
}: Written): Buffer {
  const head = http ?? "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
  const block = Buffer.concat([Buffer.from(type === "warcinfo" ? "" : head), Buffer.from(body)]);
  const target = type === "warcinfo" ? "" : `WARC-Target-URI: ${url}\r\n`;
  return Buffer.concat([
    Buffer.from(
      `WARC/1.0\r\nWARC-Type: ${type}\r\n${target}WARC-Date: 2021-09-08T08:00:00Z\r\n${extra}Content-Length: ${length ?? block.length}\r\n\r\n`,
    ),
    block,
    Buffer.from("\r\n\r\n"),
  ]);
}

const SENTENCE =
  "The ferry across the harbour sails again on Monday morning, and the tickets cost what they always cost.";
const page = (title: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body><article><h1>${title}</h1><p>${SENTENCE}</p><p>${SENTENCE} ${title}</p></article></body></html>`;

const WARC = [
  record({ type: "warcinfo" }),
  record({ body: page("Ferry") }),
  record({ type: "request", http: "GET /a HTTP/1.1\r\n\r\n" }),
  record({ url: "https://news.example/frame", body: page("Frame") }),
  record({
    url: "https://news.example/x.png",
    http: "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n",
    body: "x",
  }),
  record({
    url: "https://news.example/none",
    http: "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n",
    body: page("None"),
  }),
  record({ type: "revisit", extra: "WARC-Refers-To-Date: 2021-09-07T00:00:00Z\r\n" }),
  record({
    url: "https://news.example/cut",
    body: page("Cut").slice(0, 200),
    extra: "WARC-Truncated: length\r\n",
  }),
  record({
    url: "https://news.example/packed",
    http: "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n",
    body: gzipSync(page("Packed")),
  }),
];

test("pages of a WARC file are read as pages are, known to have existed when they were captured", async () => {
  const { drafts, rejected, warnings, failure } = await read(
    "a.warc.gz",
    Buffer.concat(WARC.map((one) => gzipSync(one))),
  );
  expect(failure).toBeNull();
  expect(drafts.map(({ url, title, observed_at }) => [url, title, observed_at])).toEqual([
    ["https://news.example/a", "Ferry", "2021-09-08T08:00:00Z"],
    ["https://news.example/frame", "Frame", "2021-09-08T08:00:00Z"],
    ["https://news.example/packed", "Packed", "2021-09-08T08:00:00Z"],
  ]);
  expect(drafts[0]!.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(rejected).toEqual([
    expect.stringMatching(
      /record 7, .*a revisit: at 2021-09-08T08:00:00Z the page was the same as at 2021-09-07/,
    ),
    expect.stringMatching(
      /record 8, .*the capture is not whole: its writer cut it \(WARC-Truncated: length\)/,
    ),
  ]);
  expect(warnings).toEqual([
    expect.stringContaining("answers of image/png (1), answers of status 404 (1), request (1), warcinfo (1)"),
  ]);
});

test("posts in the answers that a platform's page was given are read, dated from the capture", async () => {
  const mblog = (id: string, created_at: string) => ({
    id,
    mid: id,
    bid: `B${id}`,
    created_at,
    text: "轮渡回来了",
    user: { id: 7, screen_name: "岸边人" },
  });
  const answer = {
    ok: 1,
    data: {
      cards: [
        {
          card_type: 9,
          mblog: {
            ...mblog("4804608494665002", "5分钟前"),
            retweeted_status: mblog("4804608494665001", "Sat Aug 20 18:29:52 +0800 2020"),
          },
        },
      ],
    },
  };
  const json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";
  const { drafts, warnings } = await read(
    "weibo.warc",
    Buffer.concat([
      record({
        url: "https://m.weibo.cn/api/container/getIndex?type=uid",
        http: json,
        body: JSON.stringify(answer),
      }),
      record({ url: "https://m.weibo.cn/api/config", http: json, body: '{"data":{"login":false}}' }),
      record({ url: "https://other.example/api", http: json, body: JSON.stringify(answer) }),
    ]),
  );
  expect(drafts.map(({ id, published_at, observed_at }) => [id, published_at, observed_at])).toEqual([
    ["4804608494665001", "Sat Aug 20 18:29:52 +0800 2020", "2021-09-08T08:00:00Z"],
    ["4804608494665002", "2021-09-08 15:55 +0800", "2021-09-08T08:00:00Z"],
  ]);
  expect(warnings[0]).toContain("answers of JSON without posts (2)");
});

test("pages of platforms are read as their collectors read them", async () => {
  const clip = {
    aweme_id: "7500000000000000001",
    desc: "轮渡",
    create_time: 1_600_000_000,
    author: { sec_uid: "MS4w" },
    statistics: {},
  };
  const data = { loaderData: { "video_(id)/page": { videoInfoRes: { item_list: [clip] } } } };
  const gone = '<html><body><h2 class="weui-msg__title">该内容已被发布者删除</h2></body></html>';
  const { drafts, rejected } = await read(
    "platforms.warc",
    Buffer.concat([
      record({
        url: "https://www.iesdouyin.com/share/video/7500000000000000001/",
        body: `<script>window._ROUTER_DATA = ${JSON.stringify(data)}</script>`,
      }),
      record({ url: "https://mp.weixin.qq.com/s/abc", body: gone }),
    ]),
  );
  expect(drafts).toEqual([expect.objectContaining({ platform: "douyin", id: "7500000000000000001" })]);
  expect(rejected).toEqual([expect.stringContaining("deleted by its author")]);
});

test.each([
  [
    "breaks off in a page",
    Buffer.concat(WARC).subarray(0, 500),
    /the file breaks off inside it, after \d+ of \d+ bytes/,
  ],
  [
    "has a wrong length",
    Buffer.concat([record({ body: page("Wrong"), length: 60 }), ...WARC.slice(1, 2)]),
    /bytes that no record claims follow it/,
  ],
])("a WARC file that %s is told, and the rest is kept", async (_, bytes, sentence) => {
  const { rejected, warnings, failure } = await read("broken.warc", bytes);
  expect([...rejected, ...warnings, failure?.message ?? ""].join("\n")).toMatch(sentence);
});

test("a WARC file packed as one, which breaks off, keeps the records before", async () => {
  const packed = gzipSync(
    Buffer.concat([
      ...WARC,
      record({ body: Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 251)) }),
    ]),
  );
  const { drafts, failure } = await read("cut.warc.gz", packed.subarray(0, packed.length - 200));
  expect(drafts).toHaveLength(3);
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure?.message).toContain("breaks off inside its compressed data");
});

/** A ZIP archive of some files, deflated, by the book (APPNOTE 4.3). */
function zip(files: Readonly<Record<string, string | Uint8Array>>, unpackedSize?: number): Buffer {
  const parts: Buffer[] = [];
  const contents: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content as string);
    const data = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(unpackedSize ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    contents.push(
      Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), common, tail, Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(contents);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, directory, Buffer.from("PK\u0005\u0006"), end]);
}

test("a WACZ gives the pages that somebody looked at, and not what those pages loaded", async () => {
  const { drafts, warnings, failure } = await read(
    "a.wacz",
    zip({
      "datapackage.json": "{}",
      "indexes/index.cdx": "",
      "pages/pages.jsonl":
        '{"format":"json-pages-1.0"}\n{"url":"https://news.example/a#top","ts":"2021-09-08T08:00:00Z"}\n',
      "archive/data.warc.gz": Buffer.concat(WARC.map((one) => gzipSync(one))),
    }),
  );
  expect(failure).toBeNull();
  expect(drafts.map(({ title }) => title)).toEqual(["Ferry"]);
  expect(warnings.join()).toContain("pages inside other pages (3)");
});

test("the files of an archive are read each as itself, and what is no export is named", async () => {
  const line = (id: string) => JSON.stringify({ platform: "web", id, text: SENTENCE });
  const { drafts, warnings, failure } = await read(
    "b.zip",
    zip({
      "posts.jsonl": `${line("1")}\n`,
      "photos/a.jpg": "x",
      "__MACOSX/._posts.jsonl": "x",
      "export/4cat.csv":
        "id,thread_id,author,body,unix_timestamp,url\n2,2,a,words,1714979289,https://x.com/a/status/2\n",
      "broken.json": '[{"platform":"web","id":"3","text":"',
    }),
  );
  expect(drafts.map(({ platform, id }) => `${platform}:${id}`)).toEqual(["web:1", "x:2"]);
  expect(warnings.join()).toContain("holds files that no posts are read from: photos/a.jpg");
  expect(failure?.message).toContain("b.zip/broken.json is cut short");
});

test.each([
  [
    "unpacks to far more than it holds",
    () => zip({ "bomb.csv": "x".repeat(50) }, 4_000_000_000),
    /unpacks to 4,000,000,000 bytes|cannot be unpacked/,
  ],
  ["is damaged", () => zip({ "a.jsonl": "{}" }).subarray(0, 40), /is a ZIP archive that cannot be opened/],
  [
    "names a file outside itself",
    () => zip({ "../a.jsonl": "{}" }),
    /is a ZIP archive that cannot be opened/,
  ],
  ["holds nothing of use", () => zip({ "a.jpg": "x" }), /without a file that posts could be in/],
])("an archive that %s is refused in one sentence", async (_, bytes, sentence) => {
  const { drafts, failure } = await read("c.zip", bytes());
  expect(drafts).toEqual([]);
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure?.message).toMatch(sentence);
});
