// Writes kibana/objects from the table of fields and the panels; --check only compares.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { kibanaFiles } from "../kibana/build.ts";
import { FOLDER } from "../kibana/folder.ts";

const stale = Object.entries(kibanaFiles()).filter(([file, text]) => written(file) !== text);

if (stale.length === 0) console.log("kibana/objects is fresh");
else if (process.argv.includes("--check")) {
  console.error(`stale: ${stale.map(([file]) => file).join(", ")}; run npm run kibana`);
  process.exitCode = 1;
} else {
  mkdirSync(FOLDER, { recursive: true });
  for (const [file, text] of stale) writeFileSync(new URL(file, FOLDER), text);
  console.log(`wrote ${stale.map(([file]) => file).join(", ")}`);
}

function written(file: string): string | null {
  try {
    return readFileSync(new URL(file, FOLDER), "utf8");
  } catch {
    return null;
  }
}
