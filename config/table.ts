import { z } from "zod";
import { configSchema } from "./schema.ts";

/** The part of JSON Schema that our schemas come out as. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  /** Of a map: which keys it may have. */
  readonly propertyNames?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  /** The environment variable that sets the key. */
  readonly env?: string;
}

/** One key of the config, or of a collector's options, as people see it. */
export interface KeyRow {
  /** `http.delay_ms`, `actors[].id`. */
  readonly key: string;
  readonly type: string;
  readonly required: boolean;
  /** Undefined when there is none. */
  readonly default: unknown;
  readonly description: string;
  readonly env: string | null;
}

/** The JSON Schema of a zod schema, as a person writes the value: what has a default may be left out. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
}

let made: JsonSchema | null = null;

export function configJsonSchema(): JsonSchema {
  made ??= jsonSchemaOf(configSchema);
  return made;
}

/** Every key below an object schema, in its order, objects and lists opened. */
export function keyRows(schema: JsonSchema, prefix = ""): readonly KeyRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const key = `${prefix}${name}`;
    const row: KeyRow = {
      key,
      type: typeOf(property),
      required: schema.required?.includes(name) ?? false,
      default: property.properties === undefined ? property.default : undefined,
      description: property.description ?? "",
      env: property.env ?? null,
    };
    const below =
      property.properties === undefined
        ? keyRows(property.items ?? {}, `${key}[].`)
        : keyRows(property, `${key}.`);
    return [row, ...below];
  });
}

/** The schema of the object at a path of the config; null where the path leads nowhere known. */
export function schemaAt(
  path: readonly PropertyKey[],
  root: JsonSchema = configJsonSchema(),
): JsonSchema | null {
  let at: JsonSchema | undefined = root;
  for (const part of path) {
    if (at === undefined) return null;
    if (typeof part === "number") at = at.items;
    else if (at.properties !== undefined) at = at.properties[String(part)];
    else at = typeof at.additionalProperties === "object" ? at.additionalProperties : undefined;
  }
  return at ?? null;
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return `always ${JSON.stringify(schema.const)}`;
  if (schema.enum !== undefined) return schema.enum.map(String).join(" | ");
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(" | ");
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? ["any"]);
  return types.map((type) => wordOf(type, schema)).join(" or ");
}

function wordOf(type: string, schema: JsonSchema): string {
  if (type === "array")
    return schema.items?.properties ? "list of objects" : `list of ${typeOf(schema.items ?? {})}`;
  if (type === "object") return schema.properties === undefined ? "map" : "object";
  if (type === "string") return "text";
  if (type !== "integer" && type !== "number") return type;
  // zod gives every integer the bounds of what a double can count; they say nothing.
  const least =
    schema.minimum !== undefined && schema.minimum > -Number.MAX_SAFE_INTEGER ? `from ${schema.minimum}` : "";
  const most =
    schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER ? `to ${schema.maximum}` : "";
  return [type, least, most].filter((word) => word !== "").join(" ");
}
