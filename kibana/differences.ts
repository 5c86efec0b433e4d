/**
 * Where `theirs` is not what `ours` says, one line a place. What they have beside it does not count: Kibana fills in
 * its defaults.
 */
export function differences(ours: unknown, theirs: unknown, at = ""): readonly string[] {
  if (Array.isArray(ours)) {
    if (!Array.isArray(theirs)) return [line(at, ours, theirs)];
    const longer = theirs.length > ours.length ? [`${at}: ${theirs.length - ours.length} more there`] : [];
    return [...ours.flatMap((value, i) => differences(value, theirs[i], `${at}[${i}]`)), ...longer];
  }
  if (typeof ours === "object" && ours !== null) {
    if (typeof theirs !== "object" || theirs === null) return [line(at, ours, theirs)];
    return Object.entries(ours).flatMap(([name, value]) =>
      differences(value, (theirs as Record<string, unknown>)[name], at === "" ? name : `${at}.${name}`),
    );
  }
  return ours === theirs ? [] : [line(at, ours, theirs)];
}

/** Enough to see what it is about; a panel can be pages long. */
const TOLD_CHARACTERS = 60;

function line(at: string, ours: unknown, theirs: unknown): string {
  const told = (value: unknown) => {
    const text = value === undefined ? "nothing" : JSON.stringify(value);
    return text.length > TOLD_CHARACTERS ? `${text.slice(0, TOLD_CHARACTERS)}…` : text;
  };
  return `${at}: ${told(theirs)} there, ${told(ours)} here`;
}
