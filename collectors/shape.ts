import type { KnownFields } from "./fields.ts";

/**
 * Known fields written as they lie in each other, for records that have hundreds: `id user{id name} pics{*{url}}`. What is
 * used and what is left alone by name may be several lists; a name in more than one is known with all they say of it.
 */
export function shapeOf(...written: readonly string[]): KnownFields {
  const tokens = written.join(" ").match(/[^\s{}]+|[{}]/g) ?? [];
  let at = 0;
  const read = (): KnownFields => {
    const known = new Map<string, KnownFields | true>();
    while (at < tokens.length && tokens[at] !== "}") {
      const name = tokens[at++]!;
      if (tokens[at] !== "{") {
        known.set(name, known.get(name) ?? true);
        continue;
      }
      at++;
      const inside = read();
      at++;
      known.set(name, merged(known.get(name), inside));
    }
    return known;
  };
  return read();
}

function merged(before: true | KnownFields | undefined, inside: KnownFields): KnownFields {
  if (before === undefined || before === true) return inside;
  const all = new Map(before);
  for (const [name, fields] of inside)
    all.set(name, fields === true ? (all.get(name) ?? true) : merged(all.get(name), fields));
  return all;
}
