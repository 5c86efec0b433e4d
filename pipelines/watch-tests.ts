import { actorIndex } from "../analyzers/actors/index.ts";
import { language, loadLanguageModels } from "../analyzers/language/index.ts";
import { watchIndex } from "../analyzers/watches/index.ts";
import type { Config } from "../config/schema.ts";
import type { WatchMatch } from "../contracts/finding.ts";
import { examplePost } from "./examples.ts";

/** One example of a watch, and whether it did what its list says. */
export interface WatchTest {
  readonly watch: string;
  readonly kind: "example" | "counter-example";
  /** From 1, as a person counts. */
  readonly number: number;
  readonly passed: boolean;
  readonly match: WatchMatch | null;
  /** Why it could not be read as a post; null when it could. */
  readonly problem: string | null;
}

/** Runs the examples and counter-examples of the named watches, or of all, through the analysis that posts get. */
export async function testWatches(config: Config, names: readonly string[]): Promise<readonly WatchTest[]> {
  await loadLanguageModels();
  const actorOf = actorIndex(config.actors);
  return config.watches
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .flatMap((watch) => {
      const watchesOf = watchIndex([watch]);
      const test = (
        kind: WatchTest["kind"],
        written: (typeof watch.examples)[number],
        i: number,
      ): WatchTest => {
        const tested = { watch: watch.name, kind, number: i + 1 };
        const read = examplePost(written, config);
        if ("rejected" in read) return { ...tested, passed: false, match: null, problem: read.rejected };
        const actor = actorOf(read.post)?.id ?? null;
        const match = watchesOf(read.post, language.analyze(read.post, [], {}), actor)[0] ?? null;
        return { ...tested, passed: (match !== null) === (kind === "example"), match, problem: null };
      };
      return [
        ...watch.examples.map((written, i) => test("example", written, i)),
        ...watch.counter_examples.map((written, i) => test("counter-example", written, i)),
      ];
    });
}
