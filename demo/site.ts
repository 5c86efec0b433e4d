import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Article, parseArticle } from "./article.ts";

export interface FeedConfig {
  readonly path: string;
  /** `rsshub` is RSS 2.0 with the whole post in `description`, the way RSSHub writes it. */
  readonly format: "rss" | "rsshub" | "atom" | "rdf" | "json";
  readonly title: string;
  readonly link: string;
}

/** What a folder under `demo/site/` says of the outlet that it holds, in its `host.json`. */
export interface Outlet {
  readonly host: string;
  readonly name: string;
  readonly language: string;
  /** How article pages look: news with JSON-LD, news with meta elements, a WeChat article, a bare note. */
  readonly pages: "json-ld" | "meta" | "wechat" | "note";
  /** What is declared; `gb2312` is written as GB18030, as servers that declare it do. */
  readonly charset: "utf-8" | "gb2312";
  /** The sentence, in the outlet's language, that says this is a reconstruction. */
  readonly mark: string;
  readonly feeds: readonly FeedConfig[];
  readonly articles: readonly Article[];
}

const SITE = join(import.meta.dirname, "site");

/** Reads all of `demo/site/`, newest article first. Throws an Error that names the file at fault. */
export function readSite(): readonly Outlet[] {
  const hosts = readdirSync(SITE, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return hosts.map(({ name }) => readOutlet(name)).sort((a, b) => (a.host < b.host ? -1 : 1));
}

function readOutlet(host: string): Outlet {
  const folder = join(SITE, host);
  const described = JSON.parse(readFileSync(join(folder, "host.json"), "utf8")) as Omit<
    Outlet,
    "host" | "articles"
  >;
  const articles = readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .map((file) => parseArticle(`${host}/${file}`, readFileSync(join(folder, file), "utf8")))
    .sort((a, b) => Date.parse(b.published) - Date.parse(a.published) || (a.file < b.file ? -1 : 1));
  for (const { file, feed } of articles) {
    if (feed !== null && !described.feeds.some(({ path }) => path === feed)) {
      throw new Error(`demo/site/${file}: host.json has no feed with the path ${feed}.`);
    }
  }
  return { host, ...described, articles };
}
