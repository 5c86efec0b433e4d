import { Hono } from "hono";
import { html } from "hono/html";
import { type Markup, page } from "./layout.ts";
import { alertPage, alertsPage } from "./pages/alerts.ts";
import { overviewPage } from "./pages/overview.ts";
import { postPage } from "./pages/post.ts";
import { searchPage } from "./pages/search.ts";
import { sourcesPage } from "./pages/sources.ts";
import { storiesPage } from "./pages/stories.ts";
import { storyPage } from "./pages/story.ts";
import type { ExplorerParts } from "./parts.ts";

/** No page runs a script, asks another host, or stands in another site's frame. */
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
} as const;

/** The pages, as one function from request to response. They only read. */
export function createExplorer(
  parts: ExplorerParts,
  told: (error: Error, path: string) => void,
): (request: Request) => Promise<Response> {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
  });
  app.get("/", async (context) => context.html(await overviewPage(parts)));
  app.get("/search", async (context) => {
    const { q = "", order = "", shown = "" } = context.req.query();
    return context.html(await searchPage(parts, { q, order, shown }));
  });
  app.get("/stories", async (context) => context.html(await storiesPage(parts)));
  app.get("/stories/:id", async (context) => {
    const lang = context.req.query("lang") === "fr" ? "fr" : "en";
    const found = await storyPage(parts, context.req.param("id"), lang);
    return found === null ? context.html(nothing("story"), 404) : context.html(found);
  });
  app.get("/posts/:id", async (context) => {
    const found = await postPage(parts, context.req.param("id"));
    return found === null ? context.html(nothing("post"), 404) : context.html(found);
  });
  app.get("/alerts", async (context) =>
    context.html(await alertsPage(parts, context.req.query("all") !== undefined)),
  );
  app.get("/alerts/:id", async (context) => {
    const found = await alertPage(parts, context.req.param("id"));
    return found === null ? context.html(nothing("alert"), 404) : context.html(found);
  });
  app.get("/sources", async (context) => context.html(await sourcesPage(parts)));
  app.notFound((context) => context.html(nothing("page"), 404));
  app.onError((error, context) => {
    told(error, context.req.path);
    return context.html(
      page("This did not work", html`<p class="problem" role="alert">${error.message}</p>`),
      500,
    );
  });
  return async (request) => app.fetch(request);
}

function nothing(what: string): Markup {
  return page(
    `No such ${what}`,
    html`<p>There is no such ${what} here. It may have got another name: search for it.</p>`,
  );
}
