import { SEVERITIES } from "../../contracts/alert.ts";
import type { AlertText, Notice, NotifierIo } from "../../contracts/notifier.ts";
import { createSender } from "../../http/send.ts";
import { noticeOf } from "../../reports/alert.ts";

/** What a stranger could write to become a link, call people, or break a payload. */
export const NASTY =
  '<!channel> @everyone @all [click](http://evil.example) *b* _i_ `c` | # "q" \\ & <b> 𝒳💥 ‮';

export function text(i = 0, over: Partial<AlertText> = {}): AlertText {
  return {
    id: `a-${String(i).padStart(16, "0")}`,
    thread: `a-${String(i).padStart(16, "0")}`,
    rule: i % 2 === 0 ? "state story relayed" : "threats",
    severity: SEVERITIES[i % 4]!,
    severity_told: SEVERITIES[i % 4]!,
    state: "open",
    title: `A story of Hanhai Herald was carried on by ${i} other accounts`,
    what: ["4 of 6 posts do not name their source."],
    since: "2021-09-07 21:12 EDT to 2021-09-09 23:30 EDT",
    who: ["Hanhai Herald: 2 posts", "wechat account 3f9a1c: 1 post"],
    how_sure: ["Confidence: moderate."],
    not_known: ["Who owns or runs 6 accounts that are in no registry."],
    links: [
      { label: "Kibana", url: "https://kibana.example/app?q=a-1&x=(1)" },
      { label: "Report", url: "https://reports.example/s-1" },
    ],
    labels: {
      severity: "Severity",
      since: "When",
      who: "Who",
      how_sure: "How sure",
      not_known: "Not known",
      links: "Links",
    },
    ...over,
  };
}

/** Texts far beyond every limit, full of markup. */
export function huge(i = 0): AlertText {
  const long = `${NASTY} `.repeat(400);
  const many = Array.from({ length: 60 }, (_, k) => `${k} ${NASTY} ${"长".repeat(300)}`);
  return text(i, { title: long, what: many, who: many, how_sure: many, not_known: many });
}

export function notice(alerts: readonly AlertText[], digest = alerts.length > 1): Notice {
  const at = "2021-09-11T10:20:00.000Z";
  return noticeOf(alerts, { key: `team/${alerts[0]!.thread}/0`, lang: "en", digest, at });
}

/** Every size and shape that a channel may be given. */
export const NOTICES: readonly (readonly [string, Notice])[] = [
  ["one alert", notice([text(3)])],
  ["one alert of strangers' words", notice([text(1, { title: NASTY, who: [NASTY], what: [NASTY] })])],
  ["one alert beyond every limit", notice([huge()])],
  ["a digest of 3", notice([text(0), text(1), text(2)])],
  ["a digest of 500", notice(Array.from({ length: 500 }, (_, i) => text(i)))],
  ["a digest of 40 beyond every limit", notice(Array.from({ length: 40 }, (_, i) => huge(i)))],
];

/** The real way out, allowed to reach this machine. */
export function realIo(port: number): NotifierIo & { readonly written: string[]; close(): Promise<void> } {
  const sender = createSender({
    allow_private: [`127.0.0.1:${port}`],
    hosts: {},
    timeout_ms: 5_000,
    user_agent: "Headwater test",
  });
  const written: string[] = [];
  const { signal } = new AbortController();
  return {
    send: (request) => sender.send(request, signal),
    write: async (lines) => void written.push(...lines),
    now: () => new Date("2021-09-11T10:20:00Z"),
    signal,
    written,
    close: () => sender.close(),
  };
}
