/** One text of the demo's web, as its data file under `demo/site/` gives it. */
export interface Article {
  /** `host folder/file`, to name it in messages. */
  readonly file: string;
  readonly url: URL;
  readonly title: string;
  /** ISO 8601 with the zone of its place. */
  readonly published: string;
  /** Path of the feed that carries it; null when it stands only as a page. */
  readonly feed: string | null;
  readonly paragraphs: readonly string[];
  /** All of the front matter, for what only one kind of page needs. */
  readonly front: Readonly<Record<string, string>>;
}

const REQUIRED = ["url", "title", "published"] as const;

/**
 * Reads `key: value` lines between two `---` lines, then paragraphs parted by empty lines. The only markup is
 * `[text](address)`. Throws an Error that names the file and what to add.
 */
export function parseArticle(file: string, source: string): Article {
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source);
  if (parts === null) throw new Error(`${file}: begin the file with front matter between two lines of ---.`);
  const front: Record<string, string> = {};
  for (const line of parts[1]!.split("\n")) {
    const at = line.indexOf(": ");
    if (at < 1) throw new Error(`${file}: write front matter as "key: value"; found "${line}".`);
    front[line.slice(0, at)] = line.slice(at + 2).trim();
  }
  const [url, title, published] = REQUIRED.map((key) => {
    const value = front[key];
    if (value === undefined) throw new Error(`${file}: add "${key}" to the front matter.`);
    return value;
  }) as [string, string, string];
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(published)) {
    throw new Error(`${file}: write "published" with seconds and a zone, e.g. 2021-09-08T09:12:00+08:00.`);
  }
  return {
    file,
    url: new URL(url),
    title,
    published,
    feed: front.feed ?? null,
    paragraphs: parts[2]!.trim().split(/\n{2,}/),
    front,
  };
}
