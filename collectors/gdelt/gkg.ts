import { inflateRawSync } from "node:zlib";
import type { CollectorIo, RawRecord } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { instantOf } from "../archived.ts";
import { stampOf } from "./doc.ts";
import type { GdeltOptions } from "./options.ts";

/** A line of the Global Knowledge Graph, version 2.1, by the names of its columns. */
export interface GkgRow {
  readonly format: "gkg";
  readonly columns: readonly string[];
}

/** Columns of version 2.1. */
export const COLUMNS = 27;
const THEMES = [7, 8];
const NAMES = [11, 13, 23];
const URL_COLUMN = 4;
const DOMAIN = 3;
const EXTRAS = 26;

/** A quarter of an hour of the world's news is some 20 MB; a few times that is a bomb. */
const MOST_BYTES = 250_000_000;
const QUARTER_MS = 900_000;

export interface GkgFiles {
  readonly rows: ReadonlyMap<string, RawRecord>;
  /** Stamp of the last file that was read. */
  readonly until: string;
}

/** The wanted rows of the files since the last that was read. */
export async function readFiles(options: GdeltOptions, since: string, io: CollectorIo): Promise<GkgFiles> {
  const gkg = options.gkg!;
  const base = `${options.data.replace(/\/$/, "")}/gdeltv2/`;
  const newest = await newestStamp(`${base}lastupdate.txt`, io);
  const stamps = quartersBetween(since, newest);
  const wanted = stamps.slice(-gkg.max_files);
  if (wanted.length < stamps.length) {
    io.warn(
      "gkg",
      `${stamps.length} files have come since the last crawl, and max_files is ${gkg.max_files}; the oldest ${stamps.length - wanted.length} are left out.`,
    );
  }
  const rows = new Map<string, RawRecord>();
  const kinds = gkg.translated ? ["gkg", "translation.gkg"] : ["gkg"];
  let until = since;
  for (const stamp of wanted) {
    for (const kind of kinds) {
      const file = `${base}${stamp}.${kind}.csv.zip`;
      const answer = await io.fetch(file, { api: true, statuses: [404], signal: io.signal });
      if (answer.status === 404)
        io.warn(file, "GDELT has no such file: it left this quarter of an hour out, or is late");
      else
        for (const row of rowsOf(answer.body, file, options, io))
          if (!rows.has(row.where)) rows.set(row.where, row);
    }
    until = stamp;
  }
  return { rows, until };
}

/** `size md5 address`, a line for each kind of file. */
async function newestStamp(address: string, io: CollectorIo): Promise<string> {
  const answer = await io.fetch(address, { accept: "text/plain", api: true, signal: io.signal });
  const stamp = /\/(\d{14})\.gkg\.csv\.zip/.exec(new TextDecoder().decode(answer.body))?.[1];
  if (stamp === undefined)
    throw new SetAside(`${address} has changed shape: it names no file of the knowledge graph.`);
  return stamp;
}

function quartersBetween(after: string, until: string): readonly string[] {
  const last = Date.parse(instantOf(until) ?? "");
  const stamps: string[] = [];
  const first = Math.ceil((Date.parse(instantOf(after) ?? "") + 1) / QUARTER_MS) * QUARTER_MS;
  for (let at = first; at <= last; at += QUARTER_MS) stamps.push(stampOf(at));
  return stamps;
}

function rowsOf(zip: Uint8Array, file: string, options: GdeltOptions, io: CollectorIo): readonly RawRecord[] {
  const found: RawRecord[] = [];
  let odd = 0;
  const lines = new TextDecoder().decode(unzipped(zip, file)).split("\n");
  for (const line of lines) {
    if (line === "") continue;
    const columns = line.split("\t");
    if (columns.length < EXTRAS || !/^https?:\/\//i.test(columns[URL_COLUMN]!)) {
      odd++;
      continue;
    }
    if (isWanted(columns, options.gkg!))
      found.push({ where: columns[URL_COLUMN]!, raw: { format: "gkg", columns } satisfies GkgRow });
  }
  // Some rows are of printed sources, without an address.
  if (odd > 0 && odd > lines.length / 2)
    throw new SetAside(`${file} has changed shape: most of its rows name no article.`);
  if (odd > 0) io.warn(file, `${odd} rows name no article on the web and are left out`);
  return found;
}

function isWanted(
  columns: readonly string[],
  { words, themes, domains }: NonNullable<GdeltOptions["gkg"]>,
): boolean {
  const has = (
    places: readonly number[],
    wanted: readonly string[] | undefined,
    split: RegExp | null,
  ): boolean => {
    if (wanted === undefined) return true;
    const text = places
      .map((at) => columns[at] ?? "")
      .join(";")
      .toLowerCase();
    if (split === null) return wanted.some((word) => text.includes(word.toLowerCase()));
    const parts = new Set(text.split(split));
    return wanted.some((word) => parts.has(word.toLowerCase()));
  };
  const domain = (columns[DOMAIN] ?? "").toLowerCase();
  return (
    has([...NAMES, EXTRAS], words, null) &&
    has(THEMES, themes, /[;,]/) &&
    (domains === undefined ||
      domains.some((one) => domain === one.toLowerCase() || domain.endsWith(`.${one.toLowerCase()}`)))
  );
}

/** The one file of an archive: its own head says where its bytes begin, and deflate where they end. */
export function unzipped(zip: Uint8Array, file: string): Uint8Array {
  const head = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50 || head.readUInt16LE(8) !== 8) {
    throw new SetAside(`${file} is no zip archive.`);
  }
  const start = 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  try {
    return inflateRawSync(head.subarray(start), { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw new SetAside(`${file} cannot be unpacked (${(cause as Error).message}).`, { cause });
  }
}
