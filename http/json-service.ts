import { readFileSync } from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import { StopAll } from "../contracts/errors.ts";

/** Where a service of our own answers (Elasticsearch, Kibana), and as whom we ask. */
export interface ServiceAddress {
  readonly url: string;
  /** File with the certificate authority that signed its certificate; the system's authorities when left out. */
  readonly ca?: string | undefined;
  readonly authorization?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface Answer {
  readonly status: number;
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown;
}

export interface JsonService {
  readonly url: string;
  /** Any status is an answer. Throws StopAll when there is none. */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  /** As `ask`; throws StopAll, with what the service said, unless the status is 2xx. */
  expect(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** Already encoded, with its content type: an upload. */
export interface Upload {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A snapshot of a large index is waited for; everything else answers in seconds. */
const PATIENCE_MS = 600_000;
/** What is told of a refusal; an Elasticsearch error can be pages long. */
const TOLD_CHARACTERS = 500;

/**
 * Speaks JSON with a service of our own. It is not the way to the world: it keeps no robots.txt and no pace, and is
 * meant for addresses that are private on purpose.
 */
export function jsonService({ url, ca, authorization, headers = {} }: ServiceAddress): JsonService {
  const secure = url.startsWith("https:");
  // It may have a path of its own, such as /s/analysts.
  const base = url.replace(/\/$/, "");
  const authority = ca === undefined ? undefined : readFileSync(ca);
  const ask = (method: string, path: string, body?: unknown): Promise<Answer> => {
    const upload = body !== undefined && isUpload(body) ? body : null;
    const payload = body === undefined ? undefined : (upload?.bytes ?? Buffer.from(JSON.stringify(body)));
    const options: https.RequestOptions = {
      method,
      headers: {
        accept: "application/json",
        ...(payload === undefined
          ? {}
          : { "content-type": upload?.type ?? "application/json", "content-length": payload.byteLength }),
        ...(authorization === undefined ? {} : { authorization }),
        ...headers,
      },
      timeout: PATIENCE_MS,
      ...(authority === undefined ? {} : { ca: authority }),
    };
    return new Promise((resolve, reject) => {
      const failed = (cause: Error) =>
        reject(new StopAll(`${url} does not answer: ${cause.message}`, { cause }));
      const request = (secure ? https : http).request(`${base}${path}`, options, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", failed);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(parts).toString()) }),
        );
      });
      request.on("timeout", () => request.destroy(new Error("it has taken too long")));
      request.on("error", failed);
      request.end(payload);
    });
  };
  return {
    url,
    ask,
    async expect(method, path, body) {
      const { status, body: answer } = await ask(method, path, body);
      if (status >= 200 && status < 300) return answer;
      const said = typeof answer === "string" ? answer : JSON.stringify(answer);
      throw new StopAll(`${method} ${url}${path} was answered ${status}: ${said.slice(0, TOLD_CHARACTERS)}`);
    },
  };
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

export function apiKey(encoded: string): string {
  return `ApiKey ${encoded}`;
}

function isUpload(body: unknown): body is Upload {
  return typeof body === "object" && body !== null && "bytes" in body && body.bytes instanceof Uint8Array;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
