import { describe, expect, it } from "vitest";
import { code, importsOf, read, roomOf } from "./sources.ts";

/** Which rooms a room may import from, itself apart. An arrow only goes down; rooms of one floor do not meet. */
const GROUND = ["contracts", "text", "config"];
const PARTS = [
  "collectors",
  "analyzers",
  "stores",
  "queues",
  "keys",
  "notifiers",
  "reports",
  "http",
  "evidence",
];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  contracts: [],
  text: ["contracts"],
  config: ["contracts", "text"],
  ...Object.fromEntries(PARTS.map((room) => [room, GROUND])),
  pipelines: [...GROUND, ...PARTS],
  demo: GROUND,
  // Secrets, accounts and backups of the servers that docker-compose.yml starts.
  stack: [...GROUND, "http"],
  // Dashboards are made of the table of fields that the indexes are made of.
  kibana: [...GROUND, "http", "stores"],
  // The embedded worker serves the demo case; the command line starts workers.
  workers: [...GROUND, ...PARTS, "pipelines", "demo"],
  cli: [...GROUND, ...PARTS, "pipelines", "workers", "explorer", "stack", "kibana"],
  explorer: [...GROUND, ...PARTS, "pipelines"],
};

/** Packages that only one room may know, so that the embedded install starts without any server. */
const CLAIMED: Readonly<Record<string, readonly string[]>> = {
  bullmq: ["queues"],
  ioredis: ["queues", "keys", "http"],
  "@bull-board/api": ["queues"],
  "@bull-board/hono": ["queues"],
  "@elastic/elasticsearch": ["stores"],
  "playwright-core": ["http", "tests"],
  "node:sqlite": ["stores"],
  undici: ["http"],
  ws: ["http", "tests"],
  commander: ["cli"],
};

const PURE = (file: string) =>
  /^(?:analyzers|text|reports)\//.test(file) || /^collectors\/[^/]+\/map\.ts$/.test(file);

const house = code.filter((file) => roomOf(file) in MAY_IMPORT);

describe("the house", () => {
  it("has arrows that only go down", () => {
    const wrong = house.flatMap((file) =>
      importsOf(file)
        .filter(({ to }) => to.endsWith(".ts") && roomOf(to) !== roomOf(file))
        .filter(({ to }) => !MAY_IMPORT[roomOf(file)]!.includes(roomOf(to)))
        .map(({ to }) => `${file} imports ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it("has no import circle, types included", () => {
    const arrows = new Map(
      house.map((file) => [
        file,
        importsOf(file)
          .map(({ to }) => to)
          .filter((to) => to.endsWith(".ts")),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, path: readonly string[]) => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      else if (!done.has(file)) for (const to of arrows.get(file) ?? []) walk(to, [...path, file]);
      done.add(file);
    };
    for (const file of arrows.keys()) walk(file, []);
    expect(circles).toEqual([]);
  });

  it("keeps each claimed package in its room", () => {
    const wrong = house.flatMap((file) =>
      importsOf(file)
        .filter(({ to }) => CLAIMED[to]?.includes(roomOf(file)) === false)
        .map(({ to }) => `${file} imports ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it("keeps its pure rooms pure", () => {
    const wrong = house
      .filter(PURE)
      .filter((file) =>
        /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(|from "node:(?:fs|http|net|child_process)/.test(
          read(file),
        ),
      );
    expect(wrong).toEqual([]);
  });
});
