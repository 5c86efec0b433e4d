import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ratio, share, table } from "../copies/tables.ts";
import { pythonOf } from "../peers/python.ts";
import { type Answered, errorsOf, type Group } from "./accuracy.ts";
import { sameCode } from "./codes.ts";

const SCRIPT = fileURLToPath(new URL("../peers/languages.py", import.meta.url));

/** Our errors beside those of eldc 0.4.0 (PyPI, the third version of ELD, in C), which no JavaScript user can have. */
export async function besideEldc(groups: readonly Group[]): Promise<string> {
  const python = await pythonOf();
  if (python === null) return "Not run: no Python 3 with eldc can be had here.";
  const texts = [...new Set(groups.flatMap(([, members]) => members))];
  const { status, stdout, stderr } = spawnSync(python, [SCRIPT], {
    input: texts.map(({ text }) => JSON.stringify(text)).join("\n"),
    maxBuffer: 2 ** 28,
    encoding: "utf8",
  });
  if (status !== 0) return `Not run: ${stderr.trim().split("\n").at(-1)}`;
  const codes = JSON.parse(stdout) as readonly string[];
  const answers = new Map<Answered, string>(texts.map((text, at) => [text, sameCode(codes[at]!)]));
  const rows = groups.map(([name, members]) => {
    const ours = errorsOf(members, 1)[0]!;
    const theirs = members.filter((text) => answers.get(text) !== sameCode(text.lang)).length;
    return [
      name,
      String(members.length),
      share(ours, members.length),
      share(theirs, members.length),
      ratio(ours, theirs),
    ];
  });
  return [
    "Errors, and ours as a share of eldc's (aim: below 1 at ≤ 20 characters).",
    table(["texts", "n", "Headwater", "eldc 0.4.0", "ratio"], rows),
  ].join("\n\n");
}
