import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const HOSTS = 50;
const PAGES = 5_000;
/** Milliseconds between two requests to one host: the default of the config. */
const DELAY = 5_000;

interface Shape {
  readonly what: string;
  /** One source that names pages of all hosts; else a source a host. */
  readonly one: boolean;
  readonly roles: "collect" | "all";
}

const SHAPES: readonly Shape[] = [
  { what: "one source, collected", one: true, roles: "collect" },
  { what: `${HOSTS} sources, collected`, one: false, roles: "collect" },
  { what: `${HOSTS} sources, collected, analysed and traced`, one: false, roles: "all" },
];

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

/** Whether a crawl is as fast as its politeness lets it be, in flat memory. */
export async function crawl(
  _dataDir: string,
  { sample }: { readonly sample?: number },
  say: (line: string) => void,
): Promise<string> {
  const pages = Math.max(HOSTS, sample ?? PAGES);
  // Each host is asked for its robots.txt first; the first request of each waits for nobody.
  const allowed = ((pages / HOSTS) * DELAY) / 1000;
  // At once: each of them waits nearly all of the time.
  const rows = await Promise.all(
    SHAPES.map(async ({ what, one, roles }) => {
      const { site, ran } = await measured(pages, one, roles);
      const row = [
        what,
        (pages / allowed).toFixed(1),
        (pages / site.span_s).toFixed(1),
        `${((100 * allowed) / site.span_s).toFixed(1)} %`,
        `${site.closest_ms.toFixed(0)} ms`,
        ran.added,
        ((1000 * ran.processor_s) / pages).toFixed(1),
        ran.first_half_mb.toFixed(0),
        ran.second_half_mb.toFixed(0),
      ];
      say(`| ${row.join(" | ")} |`);
      return `| ${row.join(" | ")} |`;
    }),
  );
  return [
    `${pages.toLocaleString("en").replaceAll(",", " ")} article pages of about 25 KB over ${HOSTS} hosts, each robots.txt asked first, stored in SQLite and kept as evidence, with a`,
    `pause of ${DELAY / 1000} s between two requests to one host (the default). *Allowed* is what the pause lets through; *closest* is the least`,
    "distance of two requests to one host that the site saw. Memory is what is still reachable after a collection, the most of each",
    "half of the run; analysis in the same process keeps its index of keys there, which grows with the posts. The rows were run at once, each with a site of its own.",
    "",
    "| shape | allowed pages/s | pages/s | of allowed | closest | posts | processor ms a page | MB, first half | MB, second half |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

async function measured(
  pages: number,
  one: boolean,
  roles: Shape["roles"],
): Promise<{ site: Site; ran: Ran }> {
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
    const run = spawn(
      process.execPath,
      ["--expose-gc", path.join(import.meta.dirname, "run.ts"), config, roles],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
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
