import path from "node:path";
import { file } from "../../../collectors/file/index.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: file,
  fixtures: "tests/fixtures/file",
  // Relative, so that messages are the same on every machine.
  options: ({ file: source, extra }) => ({ path: path.relative(process.cwd(), source), ...extra }),
  surprise: (raw) => {
    if (typeof raw === "string") {
      try {
        return JSON.stringify({ ...JSON.parse(raw), surprise: "?" });
      } catch {
        return raw;
      }
    }
    const { row } = raw as { row?: object };
    return row === undefined ? raw : { row: { ...row, surprise: "?" } };
  },
  network: false,
});
