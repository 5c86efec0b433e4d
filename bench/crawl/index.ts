import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const HOSTS = 50;
const PAGES = 5_000;
/** Milliseconds between two requests to one host: the default of the config. */
const DELAY = 5_000;

interface Site {
  readonly requests: number;
  /** From the first request to the last, as the site saw them. */
  readonly span_s: number;
  readonly closest_ms: number;
}

interface Ran {
  readonly processor_s: number;
  readonly added: number;
  readonly first_half_mb: number;
  readonly second_half_mb: number;
}

/** Whether a crawl is as fast as its politeness lets it be, in flat memory, while all that is collected is analysed beside it. */
export async function crawl(
  _dataDir: string,
  { sample }: { readonly sample?: number },
  say: (line: string) => void,
): Promise<string> {
  const pages = Math.max(HOSTS, sample ?? PAGES);
  const rows: string[] = [];
  // Each host is asked for its robots.txt first; the first request of each waits for nobody.
  const allowed = ((pages / HOSTS) * DELAY) / 1000;
  for (const shape of ["one source", `${HOSTS} sources`]) {
    const { site, ran } = await measured(pages, shape === "one source");
    const row = [
      shape,
      (pages / allowed).toFixed(1),
      (pages / site.span_s).toFixed(1),
      `${((100 * allowed) / site.span_s).toFixed(1)} %`,
      `${site.closest_ms.toFixed(0)} ms`,
      ran.added,
      ((1000 * ran.processor_s) / pages).toFixed(1),
      ran.first_half_mb.toFixed(0),
      ran.second_half_mb.toFixed(0),
    ];
    rows.push(`| ${row.join(" | ")} |`);
    say(rows.at(-1)!);
  }
  return [
    `${pages.toLocaleString("en").replaceAll(",", " ")} article pages of about 25 KB over ${HOSTS} hosts, each robots.txt asked first; collected, kept as evidence, analysed and traced in one`,
    `process with SQLite, with a pause of ${DELAY / 1000} s between two requests to one host (the default), while the site has a process of its`,
    "own on the same machine. *Allowed* is what the pause lets through; *closest* is the least distance of two requests to one host that the site saw. Memory is the",
    "largest resident size in each half of the run.",
    "",
    "| shape | allowed pages/s | pages/s | of allowed | closest | posts | processor ms a page | MB, first half | MB, second half |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

async function measured(pages: number, one: boolean): Promise<{ site: Site; ran: Ran }> {
  const dir = mkdtempSync(path.join(tmpdir(), "headwater-bench-"));
  const site = fork(path.join(import.meta.dirname, "site.ts"));
  try {
    const [{ port }] = (await once(site, "message")) as [{ port: number }];
    const urls = (host: number) =>
      Array.from({ length: pages / HOSTS }, (_, page) => `http://news-${host}.example/story/${page}`);
    const hosts = Array.from({ length: HOSTS }, (_, host) => urls(host));
    // Host after host, as a list of addresses is written: it is for us to go to all of them at once.
    const sources = (one ? [hosts.flat()] : hosts).map((list, i) => ({
      ...{ name: `source ${i}`, collector: "page", urls: list, max_pages: list.length },
    }));
    const config = path.join(dir, "config.json");
    const http = { delay_ms: DELAY, hosts: { "*.example": `127.0.0.1:${port}` } };
    writeFileSync(config, JSON.stringify({ data: path.join(dir, "data"), http, sources }));
    const run = spawn(process.execPath, [path.join(import.meta.dirname, "run.ts"), config], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const said: Buffer[] = [];
    run.stdout.on("data", (chunk: Buffer) => said.push(chunk));
    const [code] = (await once(run, "close")) as [number | null];
    if (code !== 0) throw new Error(`the crawl ended with ${code}`);
    const ran = JSON.parse(Buffer.concat(said).toString().trim().split("\n").at(-1)!) as Ran;
    site.send("tell");
    const [told] = (await once(site, "message")) as [Site];
    return { site: told, ran };
  } finally {
    site.kill();
    rmSync(dir, { recursive: true, force: true });
  }
}
