import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

/** A case as a collector's options see it. */
export interface CaseFiles {
  readonly url: string;
  /** Path of `source.*`. */
  readonly source: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** What `io.secrets` holds. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** How the server answers instead of with the file. */
export interface Mood {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sends nothing and keeps the connection open. */
  readonly hang?: true;
}

export interface FixtureServer {
  /** `127.0.0.1:PORT`, for `http.hosts`. */
  readonly address: string;
  files(name: string): CaseFiles;
  /** The first case under another host, where every page answers in this mood; its robots.txt stays absent. */
  withMood(mood: Mood): CaseFiles;
  close(): Promise<void>;
}

interface Case extends CaseFiles {
  readonly folder: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** One real server for all cases of a folder, told apart by the Host header. */
export async function serveCases(root: string): Promise<FixtureServer> {
  const names = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const cases = new Map(names.map((name) => [name, readCase(root, name)]));
  const moods = new Map<string, Mood>();

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const mood = moods.get(url.host);
    if (mood && url.pathname !== "/robots.txt") return answerInMood(mood, response);
    for (const one of cases.values()) {
      const file = fileFor(one, url);
      if (file === null) continue;
      const { status, headers } = file === one.source ? one : { status: 200, headers: {} };
      response.writeHead(status, { "content-type": contentType(file), ...headers });
      return response.end(readFileSync(file));
    }
    response.writeHead(404, { "content-type": "text/plain" });
    return response.end("There is no such page.");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    address: `127.0.0.1:${port}`,
    files: (name) => cases.get(name)!,
    withMood(mood) {
      const host = `mood-${moods.size}.example`;
      moods.set(host, mood);
      const first = cases.get(names[0]!)!;
      const url = new URL(first.url);
      url.host = host;
      return { ...first, url: url.href };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function fileFor(one: Case, url: URL): string | null {
  const target = new URL(one.url);
  if (target.host !== url.host) return null;
  if (target.pathname + target.search === url.pathname + url.search) return one.source;
  const file = path.join(one.folder, path.basename(url.pathname));
  return existsSync(file) && statSync(file).isFile() ? file : null;
}

function answerInMood(mood: Mood, response: ServerResponse): void {
  if (mood.hang) return;
  response.writeHead(mood.status, mood.headers);
  response.end(mood.body === undefined ? "" : Buffer.from(mood.body, "latin1"));
}

function readCase(root: string, name: string): Case {
  const folder = path.join(root, name);
  const file = readdirSync(folder).find((entry) => entry.startsWith("source."));
  if (file === undefined) throw new Error(`${folder} has no source.* file.`);
  const settings = path.join(folder, "case.json");
  const written = existsSync(settings) ? JSON.parse(readFileSync(settings, "utf8")) : {};
  return {
    folder,
    url: written.url ?? `http://${name}.example/${file}`,
    source: path.join(folder, file),
    status: written.status ?? 200,
    headers: written.headers ?? {},
    options: written.options ?? {},
    secrets: written.secrets ?? {},
  };
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".json": "application/json",
  ".jsonl": "application/x-ndjson",
  ".csv": "text/csv",
  ".txt": "text/plain",
  ".xml": "application/xml",
};

function contentType(file: string): string {
  return TYPES[path.extname(file)] ?? "application/octet-stream";
}
