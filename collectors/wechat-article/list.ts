import { readFile } from "node:fs/promises";
import { SetAside } from "../../contracts/errors.ts";
import { resolveUrl } from "../../text/html.ts";
import type { WechatArticleOptions } from "./options.ts";
import type { MissingPage } from "./record.ts";

/** Reads which pages to ask for: each address once, in the order given. Throws SetAside for an unreadable file. */
export async function pagesToAsk({ urls = [], urls_file }: WechatArticleOptions): Promise<{
  readonly urls: readonly string[];
  /** Lines that are no address, with where they stand. */
  readonly problems: readonly { readonly where: string; readonly raw: MissingPage }[];
}> {
  const asked = new Set(urls);
  const problems: { where: string; raw: MissingPage }[] = [];
  const lines = urls_file === undefined ? [] : (await read(urls_file)).split(/\r\n|\r|\n/);
  lines.forEach((line, index) => {
    const written = line.trim();
    if (written === "" || written.startsWith("#")) return;
    if (resolveUrl(written) !== null) {
      asked.add(written);
      return;
    }
    const problem = "the line is no http(s) address; write one address a line";
    problems.push({ where: `${urls_file} line ${index + 1}`, raw: { url: written, problem } });
  });
  return { urls: [...asked], problems };
}

async function read(path: string): Promise<string> {
  try {
    const text = await readFile(path, "utf8");
    return text.replace(/^\ufeff/, "");
  } catch (error) {
    const why = (error as Error).message;
    throw new SetAside(`The list of addresses ${path} cannot be read (${why}). Correct "urls_file".`, {
      cause: error,
    });
  }
}
