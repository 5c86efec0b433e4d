import { InvalidArgumentError } from "commander";

/** A whole number from 1. */
export function countOption(written: string): number {
  const count = Number(written);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError("Write a whole number from 1.");
  return count;
}

/** `column=field`, repeatable: gathered into one map. */
export function pairOption(
  written: string,
  gathered: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = written.indexOf("=");
  if (at < 1 || at === written.length - 1)
    throw new InvalidArgumentError("Write column=field, e.g. --map body=text.");
  return { ...gathered, [written.slice(0, at).trim()]: written.slice(at + 1).trim() };
}

/** A day of the calendar, as ISO 8601 writes it. */
export function dayOption(written: string): string {
  const at = Date.parse(`${written}T00:00:00Z`);
  if (
    !/^\d{4}-\d\d-\d\d$/.test(written) ||
    Number.isNaN(at) ||
    new Date(at).toISOString().slice(0, 10) !== written
  )
    throw new InvalidArgumentError("Write a day like 2021-09-06.");
  return written;
}
