// Stands in for `docker` in the scripts of the stack. What goes through pipes is done here, with the folder that stands
// for `/` in all containers; everything else is asked of the test.
import { spawnSync } from "node:child_process";

const { HEADWATER_TEST_ROOT: root = "", HEADWATER_TEST_DOCKER: test = "" } = process.env;
const args = process.argv.slice(2);
const at = args.indexOf("--entrypoint");
if (at >= 0) {
  const [program, , ...words] = args.slice(at + 1);
  const here = words.map((word) => (word === "/" ? root : word.replace(/^cd \/ /, `cd ${root} `)));
  process.exitCode = spawnSync(program!, here, { stdio: "inherit" }).status ?? 1;
} else {
  const answer = await fetch(test, { method: "POST", body: JSON.stringify(args) });
  const { code, out, err } = (await answer.json()) as { code: number; out: string; err: string };
  process.stdout.write(out);
  process.stderr.write(err);
  process.exitCode = code;
}
