import type { Loaded } from "../config/load.ts";
import type { Problem } from "../config/problem.ts";
import { checkConfig } from "../pipelines/check.ts";

/** Every problem of a config: those of its shape, and those that only the parts can see, in the order of the file. */
export function allProblems(loaded: Loaded): readonly Problem[] {
  const further = checkConfig(loaded.config).flatMap((problem) => loaded.place(problem) ?? []);
  return [...loaded.problems, ...further].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
