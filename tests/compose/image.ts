import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/** What `COPY . .` of the Dockerfile takes along: everything is left out but what is named. */
export function takenAlong(): readonly string[] {
  const [first, ...kept] = readFileSync(path.join(root, ".dockerignore"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (first !== "*" || kept.some((line) => !/^![\w.-]+$/.test(line))) {
    throw new Error(".dockerignore is understood here as `*`, then a line `!name` for each file or folder");
  }
  return kept.map((line) => line.slice(1));
}

/** The image's folder, with the packages of this checkout. Gives its command. */
export function makeImage(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of takenAlong()) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  return path.join(folder, "cli/headwater.js");
}
