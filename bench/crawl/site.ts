/**
 * A web of news sites on loopback for the bench of crawling: `node bench/crawl/site.ts`, a process of its own so
 * that what it takes is not counted as ours. Says its port, and at the end what each host was asked and how close.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { wordsOf } from "./words.ts";

interface Asked {
  requests: number;
  last: number;
  closest: number;
}

const hosts = new Map<string, Asked>();
let first: number | null = null;
let last = 0;

const server = createServer((request, response) => {
  const host = (request.headers.host ?? "").split(":")[0]!;
  const now = performance.now();
  const asked = hosts.get(host) ?? {
    requests: 0,
    last: Number.NEGATIVE_INFINITY,
    closest: Number.POSITIVE_INFINITY,
  };
  hosts.set(host, asked);
  asked.requests++;
  asked.closest = Math.min(asked.closest, now - asked.last);
  asked.last = now;
  first ??= now;
  last = now;
  const page = /^\/story\/(\d+)$/.exec(request.url ?? "")?.[1];
  if (page === undefined) response.writeHead(404).end("nothing here");
  else response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(story(host, Number(page)));
});

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  process.send!({ port: (server.address() as AddressInfo).port });
});

process.on("message", () => {
  const all = [...hosts.values()];
  const { user, system } = process.cpuUsage();
  process.send!({
    requests: all.reduce((sum, { requests }) => sum + requests, 0),
    span_s: (last - (first ?? last)) / 1000,
    closest_ms: Math.min(...all.map(({ closest }) => closest)),
    processor_s: (user + system) / 1e6,
  });
  process.disconnect();
  server.closeAllConnections();
  server.close();
});

/** An article of about 25 KB with what stands around one: as heavy to read as a real page, and like no other. */
function story(host: string, number: number): string {
  const words = wordsOf(`${host}/${number}`);
  const paragraphs = Array.from({ length: 14 }, () => `<p>${words(60)}.</p>`).join("\n");
  const aside = Array.from(
    { length: 60 },
    (_, i) => `<li><a href="/story/${i}" class="teaser">${words(7)}</a></li>`,
  ).join("");
  const title = words(9);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} | ${host}</title>
<meta property="og:title" content="${title}"><meta property="article:published_time" content="2026-03-${String(1 + (number % 28)).padStart(2, "0")}T09:00:00Z">
<script>window.settings = ${JSON.stringify({ text: words(300) })};</script></head>
<body><header><nav><ul>${aside}</ul></nav></header><main><article><h1>${title}</h1>${paragraphs}</article></main>
<footer><ul>${aside}</ul><p>${words(40)}</p></footer></body></html>`;
}
