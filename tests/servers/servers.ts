import { request } from "node:http";
import { describe, inject } from "vitest";
import type { ServerAnswer, ServerName } from "./setup.ts";

/**
 * Runs a suite against a real server that all test files of the run share; each file keeps to names of its own in
 * it. Where the server cannot be had the suite is told as not run, which is a failure under CI.
 */
export async function withServer(name: ServerName, suite: (url: string) => void): Promise<void> {
  const answer = await ask(name);
  if ("url" in answer) return suite(answer.url);
  if (process.env.CI) throw new Error(`these tests need ${name}, and there is none: ${answer.missing}`);
  describe.skipIf(true)(`not run, because there is no ${name}: ${answer.missing}`, () =>
    suite("http://none"),
  );
}

/** Not by fetch, which gives up after five minutes: a first start may take longer. */
function ask(name: ServerName): Promise<ServerAnswer> {
  return new Promise((resolve, reject) => {
    request(`${inject("servers")}/${name}`, (response) => {
      let text = "";
      response.on("data", (part) => {
        text += part;
      });
      response.on("end", () => resolve(JSON.parse(text) as ServerAnswer));
    })
      .on("error", reject)
      .end();
  });
}

/** Runs a suite that starts servers of its own. `check` throws an Error that says why they cannot start here. */
export async function whereItCanStart(what: string, check: () => unknown, suite: () => void): Promise<void> {
  try {
    check();
  } catch (error) {
    if (process.env.CI) throw error;
    describe.skipIf(true)(`not run, because ${what} cannot start here: ${(error as Error).message}`, suite);
    return;
  }
  suite();
}
