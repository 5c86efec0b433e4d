import { readFileSync } from "node:fs";
import { UsageError } from "../contracts/errors.ts";
import { configJsonSchema, type JsonSchema } from "./table.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentValue {
  readonly variable: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The variable that names the config file: it is no key of the config, being read before there is one. */
export const CONFIG_VARIABLE = "HEADWATER_CONFIG";

/** With this after its name, a variable names the file that holds the value: a secret that a container is given. */
const FILE = "_FILE";

/**
 * Values that environment variables, or the files they name, give to keys of the config. A variable set to nothing
 * counts as not set. Throws UsageError when a file cannot be read, or when a value is given both ways.
 */
export function environmentValues(env: Environment): readonly EnvironmentValue[] {
  return environmentKeys().flatMap(({ variable, path, schema }) => {
    const written = env[variable]?.trim();
    const file = env[variable + FILE]?.trim();
    if (written && file) {
      throw new UsageError(`${variable} and ${variable}${FILE} are both set; leave one of them out`, 78);
    }
    if (file) return [{ variable: variable + FILE, path, value: readAs(contentOf(file, variable), schema) }];
    return written ? [{ variable, path, value: readAs(written, schema) }] : [];
  });
}

/** Every variable that Headwater reads. */
export function environmentNames(): readonly string[] {
  return [CONFIG_VARIABLE, ...environmentKeys().flatMap(({ variable }) => [variable, variable + FILE])];
}

function contentOf(file: string, variable: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new UsageError(
      `${variable}${FILE} names ${file}, which cannot be read: ${(cause as Error).message}`,
      78,
      {
        cause,
      },
    );
  }
}

interface EnvironmentKey {
  readonly variable: string;
  readonly path: readonly string[];
  readonly schema: JsonSchema;
}

function environmentKeys(
  schema = configJsonSchema(),
  path: readonly string[] = [],
): readonly EnvironmentKey[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const at = [...path, name];
    const own = property.env === undefined ? [] : [{ variable: property.env, path: at, schema: property }];
    return [...own, ...environmentKeys(property, at)];
  });
}

/** A variable is text; what the key wants says how to read it. What cannot be read stays text and is then refused. */
function readAs(written: string, schema: JsonSchema): unknown {
  // A key that may be null says so by alternatives.
  const wanted = [schema, ...(schema.anyOf ?? [])].flatMap(({ type }) => type ?? []);
  if (wanted.includes("array"))
    return written
      .split(/[,\n]/)
      .map((item) => item.trim())
      .filter((item) => item !== "");
  if (wanted.includes("boolean") && /^(?:true|1|yes)$/i.test(written)) return true;
  if (wanted.includes("boolean") && /^(?:false|0|no)$/i.test(written)) return false;
  if (
    (wanted.includes("integer") || wanted.includes("number")) &&
    written !== "" &&
    Number.isFinite(Number(written))
  ) {
    return Number(written);
  }
  return written;
}
