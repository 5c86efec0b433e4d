#!/usr/bin/env node
// The one file in plain JavaScript: it only looks whether the Node that runs it can run the rest, which an older one
// could not even parse.
import module, { isBuiltin } from "node:module";
import path from "node:path";

/** The first Node that runs TypeScript as it is and has a stable enough `node:sqlite`; package.json pins one. */
const LEAST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) < LEAST_NODE || !isBuiltin("node:sqlite")) {
  process.stderr.write(
    `headwater: this is Node ${process.versions.node}, and Headwater needs Node ${LEAST_NODE} or newer. ` +
      "`npm ci` installs one beside it; `npx headwater …` and `npm start` in this folder use that one.\n",
  );
  process.exitCode = 69;
} else {
  // What was compiled serves the next run: a command begins in two thirds of the time. Where nothing may be written none is kept.
  module.enableCompileCache(path.resolve(import.meta.dirname, "../node_modules/.cache/headwater"));
  const { main } = await import("./main.ts");
  await main(process.argv.slice(2));
}
