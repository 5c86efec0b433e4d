import path from "node:path";
import { file } from "../../../collectors/file/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: file,
  fixtures: "tests/fixtures/file",
  // Relative, so that messages are the same on every machine.
  options: ({ file: source, extra }) => ({ path: path.relative(process.cwd(), source), ...extra }),
  surprise: (raw) => {
    if (typeof raw === "string") return withSurprise(raw);
    const { row, json } = raw as { row?: object; json?: string };
    if (row !== undefined) return { ...(raw as object), row: { ...row, surprise: "?" } };
    return json === undefined ? raw : { ...(raw as object), json: withSurprise(json) };
  },
  network: false,
});

/** A line that is no JSON stays as it is. */
function withSurprise(line: string): string {
  try {
    return JSON.stringify({ ...JSON.parse(line), surprise: "?" });
  } catch {
    return line;
  }
}
