import type { Browser as Chromium, Page as ChromiumPage, Route } from "playwright-core";
import type { HttpOptions } from "../config/schema.ts";
import { SetAside, UsageError } from "../contracts/errors.ts";
import type { BrowseOptions, Browser, Fetched, Shown } from "../contracts/fetcher.ts";
import { registrableDomain } from "../text/urls.ts";
import { chromiumPath } from "./chromium.ts";
import type { Client } from "./index.ts";

export interface BrowserSettings {
  readonly chromium: Engine;
  readonly http: Pick<HttpOptions, "max_bytes" | "user_agent">;
  /** How long after its patience a page is given up whose scripts come to no end; HUNG_AFTER_MS when left out. */
  readonly hung_after_ms?: number;
}

/** A Chromium that is started when it is first needed. */
export interface Engine {
  get(): Promise<Chromium>;
  close(): Promise<void>;
}

/** Pages of news make some dozen requests for scripts and data; more are advertisements, or a page that never rests. */
const MOST_REQUESTS = 150;
/** Scripts that send the page elsewhere, such as to a notice of consent and back. */
const MOST_DOCUMENTS = 4;
/** Beyond the patience that was asked for: a script that never ends would hold the page for ever. */
const HUNG_AFTER_MS = 15_000;

/** What a page's text may depend on. Pictures, films, fonts and beacons are not asked for. */
const WANTED: ReadonlySet<string> = new Set(["document", "script", "xhr", "fetch", "stylesheet"]);

/**
 * Shows pages in Chromium. The browser has no way to the network of its own: each of its requests is answered by `client`,
 * and what would go around that (WebSockets, name look-ups ahead of time, WebRTC) finds no name and a proxy that is not there.
 */
export function createBrowser(
  client: Pick<Client, "fetch" | "part">,
  { chromium, http, hung_after_ms = HUNG_AFTER_MS }: BrowserSettings,
): Browser {
  return async (url, options) => {
    const { signal } = options;
    const document = await client.fetch(url, { accept: "text/html, */*;q=0.1", signal });
    if (!/html/i.test(document.headers["content-type"] ?? "html")) return { ...document, refused: [] };
    const browser = await chromium.get();
    signal.throwIfAborted();
    const context = await browser.newContext({
      userAgent: http.user_agent,
      serviceWorkers: "block",
      acceptDownloads: false,
      ignoreHTTPSErrors: false,
    });
    const close = () => context.close().catch(() => {});
    signal.addEventListener("abort", close, { once: true });
    try {
      const visit = newVisit(client, document, options);
      await context.routeWebSocket(/.*/, (socket) => socket.close());
      await context.route(/.*/, visit.answer);
      const page = await context.newPage();
      context.on("page", (popup) => void popup.close().catch(() => {}));
      page.on("dialog", (dialog) => void dialog.dismiss().catch(() => {}));
      const shown = await orHung(
        document.url,
        options.patience_ms + hung_after_ms,
        show(page, document, options),
      );
      signal.throwIfAborted();
      const body = new TextEncoder().encode(shown.html);
      if (body.length > http.max_bytes)
        throw new SetAside(
          `${document.url} grows to ${body.length} bytes when it is shown; at most ${http.max_bytes} are read.`,
        );
      return {
        ...document,
        url: URL.parse(shown.url)?.href ?? document.url,
        headers: { ...document.headers, "content-type": "text/html; charset=utf-8" },
        body,
        refused: visit.refused,
      } satisfies Shown;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SetAside) throw error;
      throw new SetAside(`${document.url} could not be shown: ${firstLine(error)}`, { cause: error });
    } finally {
      signal.removeEventListener("abort", close);
      await close();
    }
  };
}

/** `executable` is the Chromium to use; one of the usual places when null. */
export function createEngine(executable: string | null): Engine {
  let started: Promise<Chromium> | null = null;
  return {
    get() {
      started ??= launch(executable).catch((error: unknown) => {
        started = null;
        throw error;
      });
      return started;
    },
    async close() {
      const browser = await started?.catch(() => null);
      started = null;
      await browser?.close();
    },
  };
}

async function launch(executable: string | null): Promise<Chromium> {
  const { chromium } = await import("playwright-core");
  try {
    return await chromium.launch({
      executablePath: chromiumPath(executable, "pages that only scripts fill are shown by Chromium"),
      // Strangers' scripts run in it. Root has no sandbox to give; the image of Headwater runs as a user of its own.
      chromiumSandbox: process.getuid?.() !== 0,
      proxy: { server: "http://127.0.0.1:1", bypass: "<-loopback>" },
      args: [
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-background-networking",
        "--disable-dev-shm-usage",
        "--no-pings",
      ],
    });
  } catch (cause) {
    // It is told with the source that needs a browser; others go on.
    if (cause instanceof UsageError) throw new SetAside(`${cause.message}.`, { cause });
    throw new SetAside(`Chromium does not start: ${firstLine(cause)}`, { cause });
  }
}

async function show(
  page: ChromiumPage,
  document: Fetched,
  { wait_for, patience_ms }: BrowseOptions,
): Promise<{ readonly html: string; readonly url: string }> {
  await page.goto(document.url, { waitUntil: "domcontentloaded", timeout: 0 });
  const waited =
    wait_for === undefined
      ? page.waitForLoadState("networkidle", { timeout: patience_ms })
      : page.waitForSelector(wait_for, { state: "attached", timeout: patience_ms });
  // What has not come by then is not waited for: the page is read as it is.
  await waited.catch(() => {});
  return { html: await page.content(), url: page.url() };
}

interface Visit {
  readonly answer: (route: Route) => Promise<void>;
  readonly refused: readonly string[];
}

/** Answers the requests of one page: its document as it was fetched, the rest through the client. */
function newVisit(
  client: Pick<Client, "fetch" | "part">,
  document: Fetched,
  { signal }: BrowseOptions,
): Visit {
  const refused: string[] = [];
  let requests = 0;
  let documents = 0;
  const site = registrableDomain(new URL(document.url).hostname);
  const refuse = (route: Route, sentence: string) => {
    if (refused.length < MOST_REQUESTS) refused.push(sentence);
    return route.abort("blockedbyclient");
  };
  const answer = async (route: Route): Promise<void> => {
    const request = route.request();
    const url = request.url();
    const kind = request.resourceType();
    const isPage = kind === "document" && request.frame().parentFrame() === null;
    if (!/^https?:/i.test(url) || !WANTED.has(kind) || (kind === "document" && !isPage)) {
      return route.abort("blockedbyclient");
    }
    if (isPage && documents++ === 0) return route.fulfill(fulfilment(document));
    if (isPage && documents > MOST_DOCUMENTS)
      return refuse(route, `${url} is one of too many pages that lead on to others`);
    if (++requests > MOST_REQUESTS)
      return refuse(route, `${url} is beyond the ${MOST_REQUESTS} requests of one page`);
    const method = request.method();
    const posts = method === "POST" && registrableDomain(new URL(url).hostname) === site;
    if (method !== "GET" && !posts) return refuse(route, `${url} would be asked by ${method}`);
    try {
      const ask = isPage ? client.fetch : client.part;
      const body = posts ? request.postData() : null;
      const given = await ask(url, {
        accept: request.headers().accept ?? "*/*",
        headers: passedOn(request.headers()),
        ...(posts
          ? { method: "POST", body: body ?? "", content_type: request.headers()["content-type"] ?? "" }
          : {}),
        signal,
      });
      await route.fulfill(fulfilment(given));
    } catch (error) {
      // The page goes on without it, as it would where a reader blocks it.
      await refuse(route, error instanceof SetAside ? error.message : `${url}: ${firstLine(error)}`);
    }
  };
  return { answer: (route) => answer(route).catch(() => {}), refused };
}

/** Who we are and where we come from is the client's to say; no cookie and no credential is sent. */
function passedOn(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = ["accept-language", "x-requested-with"];
  return Object.fromEntries(
    kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}

function fulfilment({ status, headers, body }: Fetched): Parameters<Route["fulfill"]>[0] {
  const {
    "content-encoding": _encoding,
    "content-length": _length,
    "transfer-encoding": _transfer,
    ...kept
  } = headers;
  return { status, headers: kept, body: Buffer.from(body) };
}

async function orHung<T>(url: string, milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new SetAside(`${url} is not shown after ${milliseconds / 1000} s: its scripts come to no end.`),
        ),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, hung]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!.slice(0, 300);
