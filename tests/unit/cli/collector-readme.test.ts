import { expect, test } from "vitest";
import { readCaveats } from "../../../cli/collector-readme.ts";

test("limits and bias are read from sections, from bold paragraphs and from bold items", () => {
  const section =
    "# x\n\n## Limits\n\n- One.\n- Two\n  lines.\n\n## Bias\n\nLeans.\n\n```yaml\n## Bias\n```\n";
  expect(readCaveats(section)).toEqual({ limits: "One. Two lines.", bias: "Leans." });
  const items =
    "- **What**: posts.\n- **Limits**: no more\n  than ten.\n- **Bias**: leans.\n\nOther words.\n";
  expect(readCaveats(items)).toEqual({ limits: "No more than ten.", bias: "Leans." });
  const paragraph = "**Lawful basis.** Public.\n\n**Limits and bias.**\n- One.\n- Two.\n\nOther words.\n";
  expect(readCaveats(paragraph)).toEqual({ limits: "One. Two.", bias: "One. Two." });
});

test("a README that says neither gives neither", () => {
  expect(readCaveats("# x\n\nIt has no limits of its own.\n")).toEqual({ limits: null, bias: null });
});
