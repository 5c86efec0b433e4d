import type { z } from "zod";
import { nearest } from "../text/nearest.ts";
import type { PathPart } from "./problem.ts";
import { configJsonSchema, type JsonSchema, schemaAt } from "./table.ts";

type Issue = z.core.$ZodIssue;

/** A problem with the parts of its path, before it has a place in a file. */
export interface Slip {
  readonly path: readonly PathPart[];
  readonly sentence: string;
}

/**
 * What zod found, as sentences that say what to do. One slip for each unknown key. `schema` is the JSON Schema of what
 * was checked: the config, or the options of a collector.
 */
export function slipsOf(
  issues: readonly Issue[],
  value: unknown,
  schema: JsonSchema = configJsonSchema(),
): readonly Slip[] {
  return issues.flatMap((issue) => {
    const path = issue.path as readonly PathPart[];
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key], sentence: unknownKey(path, key, schema) }));
    }
    return [{ path, sentence: sentenceOf(issue, valueAt(value, path)) }];
  });
}

function sentenceOf(issue: Issue, given: unknown): string {
  if (given === undefined && (issue.code === "invalid_type" || issue.code === "invalid_value")) {
    return issue.code === "invalid_value"
      ? `is missing; write one of ${issue.values.join(", ")}`
      : "is missing";
  }
  if (issue.code === "invalid_type") return `must be ${article(issue.expected)}, not ${described(given)}`;
  if (issue.code === "invalid_value") {
    const known = issue.values.map(String);
    if (known.length === 1) return `must be ${known[0]}, not ${described(given)}`;
    return `must be one of ${known.join(", ")}, not ${described(given)}`;
  }
  if (issue.code === "too_small" && issue.origin === "string") return "must not be empty";
  if (issue.code === "too_small" && issue.origin === "array" && !issue.message.startsWith("Too small"))
    return issue.message;
  if (issue.code === "too_small") return `must be at least ${issue.minimum}, not ${described(given)}`;
  if (issue.code === "too_big") return `must be at most ${issue.maximum}, not ${described(given)}`;
  if (issue.code === "invalid_format") {
    // zod's own message for a pattern names it; ours, where a schema has one, says what to write.
    const rule = issue.message.startsWith("Invalid")
      ? `must match ${issue.pattern ?? issue.format}`
      : issue.message;
    const wanted = FORMATS[issue.format];
    return `${wanted === undefined ? rule : `must be ${wanted}`}, not ${described(given)}`;
  }
  return issue.message;
}

const FORMATS: Readonly<Record<string, string>> = {
  date: "a date like 2026-01-31",
  url: "a URL like https://site.example/page",
};

function unknownKey(path: readonly PathPart[], key: string, schema: JsonSchema): string {
  const at = schemaAt(path, schema);
  const known = at?.propertyNames?.enum?.map(String) ?? Object.keys(at?.properties ?? {});
  const meant = nearest(key, known);
  return meant === null ? "there is no such key" : `there is no such key; did you mean "${meant}"?`;
}

function article(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    string: "text",
    object: "a map of keys",
    record: "a map of keys",
    array: "a list",
    int: "a whole number",
    number: "a number",
    boolean: "true or false",
  };
  return words[expected] ?? `a ${expected}`;
}

/** A value as it was written, shortened: enough to find it by. */
function described(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  const written = JSON.stringify(value) ?? String(value);
  return written.length > 60 ? `${written.slice(0, 57)}…` : written;
}

export function valueAt(value: unknown, path: readonly PathPart[]): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Readonly<Record<PathPart, unknown>>)[part];
  }
  return at;
}
