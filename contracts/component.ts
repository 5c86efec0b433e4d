import type { z } from "zod";

/** Everything users see of a part; help, docs and config checks are made from it. */
export interface ComponentInfo<Options> {
  /** The word in config: a source is a noun (`rss`), an analyzer a verb or its object (`language`). */
  readonly name: string;
  readonly title: string;
  /** One sentence, verb first, no praise. */
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  /** Papers, standards, API documents, terms of use. */
  readonly references: readonly string[];
}

/** An option whose value is a secret: it comes from the environment or a file, never from the config itself. */
export interface SecretOption {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
}
