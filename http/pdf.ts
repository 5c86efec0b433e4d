import { chromiumPath } from "./chromium.ts";

/** Prints a self-contained page as a tagged PDF. The page asks for nothing, and is let ask for nothing. */
export async function printPdf(
  html: string,
  { executable, marking }: { readonly executable: string | null; readonly marking: string | null },
): Promise<Uint8Array> {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({
    executablePath: chromiumPath(executable, "PDF is printed by Chromium; HTML and Markdown need none"),
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
