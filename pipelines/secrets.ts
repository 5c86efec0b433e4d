import { readFileSync } from "node:fs";
import type { Problem } from "../config/problem.ts";
import type { SecretOption } from "../contracts/component.ts";
import { SetAside } from "../contracts/errors.ts";

/** Where one secret comes from: `env` and the variable's name, or `file` and its path. Never the value. */
export interface SecretPlace {
  readonly name: string;
  readonly from: "env" | "file";
  readonly at: string;
}

/** What is written in the config of a part, as its options and the places of its secrets. */
export function withSecretsApart(
  written: Readonly<Record<string, unknown>>,
  secrets: readonly SecretOption[],
): { readonly options: Record<string, unknown>; readonly secrets: readonly SecretPlace[] } {
  const options: Record<string, unknown> = { ...written };
  const places: SecretPlace[] = [];
  for (const { name } of secrets) {
    for (const from of ["env", "file"] as const) {
      const at = options[`${name}_${from}`];
      delete options[`${name}_${from}`];
      if (typeof at === "string" && at !== "") places.push({ name, from, at });
    }
  }
  return { options, secrets: places };
}

/** The values, read anew for each use: a secret that was changed holds at once. Throws SetAside for what is not there. */
export function readSecrets(
  places: readonly SecretPlace[],
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { name, from, at } of places) {
    const value = from === "env" ? env[at]?.trim() : contentOf(at);
    if (value === undefined || value === "") {
      const where =
        from === "env" ? `the variable ${at} is not set` : `the file ${at} is empty or cannot be read`;
      throw new SetAside(`its ${name} is missing: ${where}`);
    }
    values[name] = value;
  }
  return values;
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
}

/** Shorter values are too common in sentences to be cut out of them. */
const LEAST_SECRET = 4;

/** A sentence without the values of secrets, and without the parts of a secret address that are as good as it. */
export function withoutSecrets(sentence: string, values: Readonly<Record<string, string>>): string {
  const words = Object.values(values).flatMap((value) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    return url === null ? [value] : [value, url.href, `${url.pathname}${url.search}`, url.pathname];
  });
  return words
    .filter((word) => word.length >= LEAST_SECRET)
    .sort((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, "[secret]"), sentence);
}

/** What is wrong with the secrets as written, at the paths that `at` gives. */
export function secretProblems(
  written: Readonly<Record<string, unknown>>,
  secrets: readonly SecretOption[],
  at: (name: string) => string,
): readonly Problem[] {
  return secrets.flatMap(({ name, required }): readonly Problem[] => {
    const hint = `write ${name}_env: NAME_OF_A_VARIABLE or ${name}_file: /run/secrets/…`;
    if (written[name] !== undefined)
      return [{ path: at(name), sentence: `a secret does not stand in the config; ${hint}` }];
    const [env, file] = [written[`${name}_env`], written[`${name}_file`]];
    for (const [key, value] of [
      ["env", env],
      ["file", file],
    ] as const) {
      if (value !== undefined && (typeof value !== "string" || value === ""))
        return [{ path: at(`${name}_${key}`), sentence: "must be text" }];
    }
    if (env !== undefined && file !== undefined)
      return [
        {
          path: at(`${name}_file`),
          sentence: `${name} comes from the environment or from a file, not from both`,
        },
      ];
    if (typeof env === "string" && /^https?:|[\s/:]/.test(env))
      return [{ path: at(`${name}_env`), sentence: "is the name of a variable, not its value" }];
    if (required && env === undefined && file === undefined)
      return [{ path: at(name), sentence: `is missing; ${hint}` }];
    return [];
  });
}
