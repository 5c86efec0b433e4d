// Writes the generated documents from the command line, the config table and the formats; --check only compares.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cliPage } from "./docs-cli.ts";
import { configPage } from "./docs-config.ts";
import { interchangePage } from "./docs-interchange.ts";

const root = path.resolve(import.meta.dirname, "..");
const pages = {
  "docs/cli.md": cliPage(),
  "docs/config.md": configPage(),
  "docs/interchange.md": interchangePage(),
};
const stale = Object.entries(pages).filter(([file, text]) => written(file) !== text);

if (stale.length === 0) console.log("the generated documents are fresh");
else if (process.argv.includes("--check")) {
  console.error(`stale: ${stale.map(([file]) => file).join(", ")}; run scripts/docs.ts`);
  process.exitCode = 1;
} else {
  for (const [file, text] of stale) writeFileSync(path.join(root, file), text);
  console.log(`wrote ${stale.map(([file]) => file).join(", ")}`);
}

function written(file: string): string | null {
  try {
    return readFileSync(path.join(root, file), "utf8");
  } catch {
    return null;
  }
}
