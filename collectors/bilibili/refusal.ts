import { RetryLater, SetAside } from "../../contracts/errors.ts";

/** What Bilibili's codes say of a video that is not shown. */
const ABSENT: Readonly<Record<string, string>> = {
  "404": "there is no such page (404), and it has none of Bilibili's own words for why",
  "-400": "the address names no video (-400)",
  "-403": "only some may see the video (-403)",
  "-404": "there is no such video (-404): it never was, or its author or the platform took it away",
  "62002": "the video is not visible (62002): the platform or its author has hidden it",
  "62003": "the video was checked and waits to be published (62003)",
  "62004": "the video is in review (62004)",
  "62012": "only its author may see the video (62012)",
};

/** Codes by which programs are held off. */
const BLOCKED = new Set(["-352", "-412", "-799"]);
/** Nobody says for how long; half an hour has been enough. */
const REST_MS = 1_800_000;

/** Why there is no video, in a sentence; null for a code that nobody here knows. */
export function absence(code: string): string | null {
  return ABSENT[code] ?? null;
}

/** What a code other than 0 means for the crawl; null when it tells of the one video alone. */
export function refusal(code: string, message: string | null, where: string): Error | null {
  const said = message === null ? "" : `: ${message}`;
  if (BLOCKED.has(code)) {
    return new RetryLater(
      `${where} holds programs off (${code}${said}); Bilibili is left alone for half an hour.`,
      REST_MS,
    );
  }
  if (code === "-101") return new SetAside(`${where} asks for a log-in (-101${said}), so this is blocked.`);
  return absence(code) === null ? new SetAside(`${where} refuses (${code}${said}).`) : null;
}
