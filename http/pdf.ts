import { existsSync } from "node:fs";
import { UsageError } from "../contracts/errors.ts";

/** Where Chromium or Chrome is usually found. */
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The Chromium to use: the one given, else the first of the usual places. */
export function chromiumPath(given: string | null): string {
  if (given !== null) {
    if (existsSync(given)) return given;
    throw new UsageError(`there is no Chromium at ${given}; correct reports.chromium or HEADWATER_CHROMIUM`);
  }
  const found = PLACES.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new UsageError(
    "PDF is printed by Chromium, and none was found; install Chromium or Chrome, or name one by reports.chromium or HEADWATER_CHROMIUM. HTML and Markdown need none",
  );
}

/** Prints a self-contained page as a tagged PDF. The page asks for nothing, and is let ask for nothing. */
export async function printPdf(
  html: string,
  { executable, marking }: { readonly executable: string | null; readonly marking: string | null },
): Promise<Uint8Array> {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({
    executablePath: chromiumPath(executable),
    // Chromium's own sandbox needs a user of its own; the page is ours and runs no script.
    args: ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
  });
  try {
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
    const page = await context.newPage();
    await page.setContent(html, { waitUntil: "load" });
    const line = (text: string) =>
      `<div style="width:100%;font-size:8px;text-align:center;font-family:sans-serif">${text}</div>`;
    const escaped = (marking ?? "").replace(/[&<>]/g, (mark) => `&#${mark.charCodeAt(0)};`);
    return await page.pdf({
      format: "Letter",
      tagged: true,
      outline: true,
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: line(escaped),
      footerTemplate: line(`${escaped} <span class="pageNumber"></span> / <span class="totalPages"></span>`),
      margin: { top: "18mm", bottom: "18mm", left: "16mm", right: "16mm" },
    });
  } finally {
    await browser.close();
  }
}
