import { configJsonSchema, type JsonSchema } from "./table.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentValue {
  readonly variable: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The variable that names the config file: it is no key of the config, being read before there is one. */
export const CONFIG_VARIABLE = "HEADWATER_CONFIG";

/** Values that environment variables give to keys of the config. A variable set to nothing counts as not set. */
export function environmentValues(env: Environment): readonly EnvironmentValue[] {
  return environmentKeys().flatMap(({ variable, path, schema }) => {
    const written = env[variable]?.trim();
    return written ? [{ variable, path, value: readAs(written, schema) }] : [];
  });
}

/** Every variable that Headwater reads. */
export function environmentNames(): readonly string[] {
  return [CONFIG_VARIABLE, ...environmentKeys().map(({ variable }) => variable)];
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
function readAs(written: string, { type }: JsonSchema): unknown {
  const wanted = typeof type === "string" ? [type] : (type ?? []);
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
