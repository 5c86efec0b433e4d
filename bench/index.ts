/**
 * `npm run bench -- [name] [--data DIR] [--sample N] [--half tune|report|all] [--soak 30m] [--dry]`: runs one bench, or all, and
 * writes docs/results.md (`--dry` only prints). The data folder is not part of the repository: each bench says where
 * its sets can be had, and works on those that are there.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Half } from "./data.ts";
import { section, writeSection } from "./report.ts";

interface BenchOptions {
  readonly sample?: number;
  readonly half?: Half;
  /** Seconds. */
  readonly soak?: number;
}

type Bench = (dataDir: string, options: BenchOptions, say: (line: string) => void) => Promise<string>;

interface Entry {
  readonly title: string;
  readonly packages: readonly string[];
  load(): Promise<Bench>;
}

const BENCHES: Readonly<Record<string, Entry>> = {
  languages: {
    title: "Languages",
    packages: ["franc", "eld", "tinyld", "cld3-asm", "fasttext.wasm.js", "opencc-js"],
    load: async () => (await import("./languages/index.ts")).languages as Bench,
  },
  copies: {
    title: "Copies",
    packages: ["minhash"],
    load: async () => (await import("./copies/index.ts")).copies,
  },
  origins: {
    title: "Origins",
    packages: [],
    load: async () => (await import("./origins/index.ts")).origins,
  },
  extraction: {
    title: "Extraction",
    packages: ["@mozilla/readability", "htmlparser2", "chardet"],
    load: async () => (await import("./extraction/index.ts")).extraction,
  },
  pipeline: {
    title: "Pipeline",
    packages: [],
    load: async () => (await import("./pipeline/index.ts")).pipeline,
  },
  report: {
    title: "Weekly report",
    packages: [],
    load: async () => (await import("./weekly/index.ts")).weekly,
  },
  crawl: {
    title: "Crawling",
    packages: ["undici", "p-queue"],
    load: async () => (await import("./crawl/index.ts")).crawl,
  },
  growth: {
    title: "Pipeline: growth",
    packages: [],
    load: async () => (await import("./pipeline/index.ts")).pipelineGrowth,
  },
  distributed: {
    title: "Distributed",
    packages: ["bullmq", "ioredis", "@elastic/elasticsearch"],
    load: async () => (await import("./distributed/index.ts")).distributed,
  },
  keys: {
    title: "Distributed: keys in Redis",
    packages: ["ioredis"],
    load: async () => (await import("./distributed/index.ts")).distributedKeys,
  },
  soak: {
    title: "Distributed: soak",
    packages: ["bullmq", "ioredis", "@elastic/elasticsearch"],
    load: async () => (await import("./distributed/index.ts")).distributedSoak,
  },
};

process.exitCode = await main();

/** Exit codes follow sysexits: 64 for a wrong command line, 66 for a data folder that is not there. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      sample: { type: "string" },
      half: { type: "string" },
      soak: { type: "string" },
      dry: { type: "boolean", default: false },
    },
  });
  const soak = values.soak === undefined ? undefined : /^(\d+)m$/.exec(values.soak)?.[1];
  if (values.soak !== undefined && soak === undefined) {
    console.error(`--soak takes minutes as "30m", not "${values.soak}".`);
    return 64;
  }
  const asked = positionals.length > 0 ? positionals : Object.keys(BENCHES);
  // `distributed --soak 30m` is its soak.
  const names = asked.map((name) => (name === "distributed" && soak !== undefined ? "soak" : name));
  const unknown = names.find((name) => BENCHES[name] === undefined);
  if (unknown !== undefined) {
    console.error(`There is no bench "${unknown}". Choose one of: ${Object.keys(BENCHES).join(", ")}.`);
    return 64;
  }
  const sample = values.sample === undefined ? undefined : Number(values.sample);
  if (sample !== undefined && !(Number.isInteger(sample) && sample > 0)) {
    console.error(`--sample takes a whole number above 0, not "${values.sample}".`);
    return 64;
  }
  if (values.half !== undefined && !["tune", "report", "all"].includes(values.half)) {
    console.error(`--half takes tune, report or all, not "${values.half}".`);
    return 64;
  }
  const dataDir = values.data ?? process.env.HEADWATER_BENCH_DATA;
  if (dataDir === undefined || !existsSync(dataDir)) {
    console.error(
      `${dataDir === undefined ? "No data folder is given" : `There is no data folder ${dataDir}`}: ` +
        "name it with --data DIR or HEADWATER_BENCH_DATA. docs/results.md says what each bench looks for in it.",
    );
    return 66;
  }
  const options = {
    ...(sample === undefined ? {} : { sample }),
    ...(values.half === undefined ? {} : { half: values.half as Half }),
    ...(soak === undefined ? {} : { soak: Number(soak) * 60 }),
  };
  for (const name of names) {
    const { title, packages, load } = BENCHES[name]!;
    const bench = await load();
    const body = await bench(dataDir, options, (line) => console.error(`${name}: ${line}`));
    const flags = Object.entries(options).map(([flag, value]) =>
      flag === "soak" ? ` --soak ${soak}m` : ` --${flag} ${value}`,
    );
    const report = {
      name,
      title,
      body,
      command: `npm run bench -- ${name} --data DIR${flags.join("")}`,
      packages,
    };
    console.log(section(report));
    if (!values.dry) writeSection(report);
  }
  return 0;
}
