import { once } from "node:events";
import type { Writable } from "node:stream";

/** Nobody reads standard output any more (`| head`): work for it can end, and nothing is wrong. */
export class OutputClosed extends Error {
  override readonly name = "OutputClosed";
}

/** Standard output: data only. It waits for a slow reader, and throws OutputClosed when the reader has gone. */
export interface Output {
  line(text: string): Promise<void>;
  lines(texts: readonly string[]): Promise<void>;
  json(value: unknown): Promise<void>;
  /** Parts of one text, as they come. */
  text(parts: AsyncIterable<string>): Promise<void>;
  /** One JSON object a line, as they come. Returns how many. */
  jsonLines(values: AsyncIterable<unknown> | Iterable<unknown>): Promise<number>;
}

/** Bytes gathered before a write: a system call for each line would take most of the time of an export. */
const CHUNK = 64 * 1024;

export function createOutput(stream: Writable, onClosed: () => void = () => {}): Output {
  let closed = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    closed = true;
    if (error.code !== "EPIPE") throw error;
    onClosed();
  });
  const write = async (text: string) => {
    if (closed) throw new OutputClosed();
    // The error of a closed pipe comes after the write; `once` rejects with it.
    if (!stream.write(text)) await once(stream, "drain").catch(() => {});
    if (closed) throw new OutputClosed();
  };
  return {
    line: (text) => write(`${text}\n`),
    lines: (texts) => (texts.length === 0 ? Promise.resolve() : write(`${texts.join("\n")}\n`)),
    text: async (parts) => {
      let chunk = "";
      for await (const part of parts) {
        chunk += part;
        if (chunk.length < CHUNK) continue;
        await write(chunk);
        chunk = "";
      }
      if (chunk !== "") await write(chunk);
    },
    json: (value) => write(`${JSON.stringify(value, null, 2)}\n`),
    jsonLines: async (values) => {
      let count = 0;
      let chunk = "";
      for await (const value of values) {
        chunk += `${JSON.stringify(value)}\n`;
        count++;
        if (chunk.length < CHUNK) continue;
        await write(chunk);
        chunk = "";
      }
      if (chunk !== "") await write(chunk);
      return count;
    },
  };
}
