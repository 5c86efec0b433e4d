import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../contracts/errors.ts";
import { CONFIG_VARIABLE, type Environment, environmentValues } from "./environment.ts";
import { type PathPart, type Problem, pathParts, pathText } from "./problem.ts";
import { salvage } from "./salvage.ts";
import { type Config, configSchema } from "./schema.ts";
import { slipsOf } from "./sentences.ts";
import { type Place, readYaml, type YamlFile } from "./yaml.ts";

/** A config with hundreds of sources and actors has some hundred kilobytes; more is not a config. */
const MAX_FILE_BYTES = 10_000_000;

/** What runs when no config is given and the folder has none. */
export const DEMO_CONFIG = fileURLToPath(new URL("./examples/demo.yml", import.meta.url));
const OWN_NAMES = ["headwater.yml", "headwater.yaml"];

export interface Loaded {
  /** With problems it lacks what is wrong, and is good only for finding further problems. */
  readonly config: Config;
  /** The file it was read from. */
  readonly path: string;
  readonly problems: readonly Problem[];
  /** Adds line and column to a problem that a later check found; null when that key was told of already. */
  readonly place: (problem: Problem) => Problem | null;
}

/**
 * Reads a config: flag over environment over file over default. Every problem is told, with its place. Relative
 * paths (`data`, and `path` of a source) start at the config file's folder when the file gives them, and at the
 * working directory when a flag, a variable or the default does. Throws UsageError when the file cannot be read.
 */
export function loadConfig(
  file: string | null,
  env: Environment,
  overrides: Readonly<Partial<Pick<Config, "data">>> = {},
): Loaded {
  const found = findConfig(file, env);
  const yaml = readYaml(readText(found));
  const raw = yaml.value ?? {};
  if (yaml.problems.length > 0) return withProblems(found, yaml.problems, salvage(overrides, []));
  if (typeof raw !== "object" || Array.isArray(raw)) {
    return withProblems(
      found,
      [{ path: "", sentence: "must be a map of keys such as `sources:`", line: 1, column: 1 }],
      salvage({}, []),
    );
  }
  const { value, origin } = layered(anchored(raw, path.dirname(found)), env, overrides);
  const read = configSchema.safeParse(value);
  if (read.success)
    return {
      config: absolute(read.data),
      path: found,
      problems: [],
      place: (problem) => placed(problem, yaml, origin),
    };
  const slips = slipsOf(read.error.issues, value);
  const problems = slips
    .map(({ path: at, sentence }) => placed({ path: pathText(at), sentence }, yaml, origin))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const told = slips.map(({ path: at }) => at);
  return {
    config: absolute(salvage(value, told)),
    path: found,
    problems,
    place: (problem) =>
      told.some((at) => overlaps(at, pathParts(problem.path))) ? null : placed(problem, yaml, origin),
  };
}

function findConfig(given: string | null, env: Environment): string {
  const named = given ?? env[CONFIG_VARIABLE]?.trim();
  if (named) return path.resolve(named);
  const own = OWN_NAMES.map((name) => path.resolve(name)).find((name) => existsSync(name));
  return own ?? DEMO_CONFIG;
}

function readText(file: string): string {
  try {
    if (statSync(file).size > MAX_FILE_BYTES)
      throw new UsageError(`${file} is larger than ${MAX_FILE_BYTES} bytes; that is no config`, 78);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why =
      error instanceof Error && "code" in error && error.code === "ENOENT"
        ? "there is no such file"
        : String(error);
    throw new UsageError(`the config ${file} cannot be read: ${why}`, 78, { cause: error });
  }
}

/** Paths of the file made absolute. An option called `path` is a file, for every collector; `-` is standard input. */
function anchored(raw: object, folder: string): Record<string, unknown> {
  const config: Record<string, unknown> = { ...raw };
  const at = (value: unknown) =>
    typeof value === "string" && value !== "" && value !== "-" ? path.resolve(folder, value) : value;
  if ("data" in config) config.data = at(config.data);
  const { elasticsearch } = config;
  if (typeof elasticsearch === "object" && elasticsearch !== null && "ca" in elasticsearch) {
    config.elasticsearch = { ...elasticsearch, ca: at(elasticsearch.ca) };
  }
  if (Array.isArray(config.sources)) {
    config.sources = config.sources.map((source: unknown) =>
      typeof source === "object" && source !== null && "path" in source
        ? { ...source, path: at(source.path) }
        : source,
    );
  }
  return config;
}

/** Puts environment and flags over the file. `origin` tells which keys a variable gave, by path. */
function layered(
  file: Record<string, unknown>,
  env: Environment,
  overrides: Readonly<Record<string, unknown>>,
): { readonly value: unknown; readonly origin: ReadonlyMap<string, string> } {
  const origin = new Map<string, string>();
  let value = file;
  for (const { variable, path: at, value: given } of environmentValues(env)) {
    value = setAt(value, at, given);
    origin.set(at.join("."), variable);
  }
  for (const [key, given] of Object.entries(overrides)) {
    if (given !== undefined) value = setAt(value, [key], given);
  }
  return { value, origin };
}

function setAt(
  value: Record<string, unknown>,
  [head, ...rest]: readonly string[],
  given: unknown,
): Record<string, unknown> {
  if (head === undefined) return value;
  if (rest.length === 0) return { ...value, [head]: given };
  const below = value[head] ?? {};
  // A file that has no map where the variable's key belongs is told of as such; the variable cannot mend it.
  if (typeof below !== "object" || Array.isArray(below)) return value;
  return { ...value, [head]: setAt(below as Record<string, unknown>, rest, given) };
}

function placed(problem: Problem, yaml: YamlFile, origin: ReadonlyMap<string, string>): Problem {
  const parts = pathParts(problem.path);
  const variable = origin.get(parts.join("."));
  if (variable !== undefined) return { ...problem, path: `${variable} (${problem.path})` };
  const place: Place | null = yaml.locate(parts);
  return place === null ? problem : { ...problem, ...place };
}

function overlaps(told: readonly PathPart[], found: readonly PathPart[]): boolean {
  return told.every((part, i) => found[i] === part);
}

function absolute(config: Config): Config {
  return { ...config, data: path.resolve(config.data) };
}

function withProblems(file: string, problems: readonly Problem[], config: Config): Loaded {
  return { config: absolute(config), path: file, problems, place: (problem) => problem };
}
