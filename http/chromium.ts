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
export function chromiumPath(given: string | null, purpose: string): string {
  if (given !== null) {
    if (existsSync(given)) return given;
    throw new UsageError(`there is no Chromium at ${given}; correct reports.chromium or HEADWATER_CHROMIUM`);
  }
  const found = PLACES.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new UsageError(
    `no Chromium was found; install Chromium or Chrome, or name one by reports.chromium or HEADWATER_CHROMIUM (${purpose})`,
  );
}
