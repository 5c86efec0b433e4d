import type { Exposure } from "../../contracts/exposure.ts";
import type { Text } from "../document/model.ts";
import type { Telling } from "../telling.ts";

/** How often the posts may have been seen, as an interval with its method. */
export function exposureTexts(exposure: Exposure, telling: Telling): readonly Text[] {
  const { m } = telling;
  const { viewings, counted, silent, interactions, interacting } = exposure;
  const texts: Text[] = [];
  if (viewings === null) texts.push(m.exposure.none(telling.countOf(silent)));
  else {
    const bound = (value: number) => telling.figure(value, { kind: "items", items: counted });
    texts.push(
      m.exposure.interval(
        bound(viewings.least),
        bound(viewings.most),
        telling.countOf(counted),
        telling.countOf([...counted, ...silent]),
      ),
      [m.exposure.method],
    );
    if (silent.length > 0) texts.push(m.exposure.silent(telling.countOf(silent)));
  }
  if (interacting.length > 0) {
    texts.push(m.exposure.engagement(telling.figure(interactions, { kind: "items", items: interacting })));
  }
  return texts;
}
