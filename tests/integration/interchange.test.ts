import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { readFeed } from "../../collectors/rss/feed.ts";
import { map } from "../../collectors/rss/map.ts";
import { rssOptions } from "../../collectors/rss/options.ts";
import { DEMO_CONFIG } from "../../config/load.ts";
import type { ExportKind } from "../../config/sharing.ts";
import type { Store } from "../../contracts/store.ts";
import { withPython } from "../servers/python.ts";
import { folder, headwater, jsonLines } from "../support/command.ts";
import { exported } from "../support/exported.ts";
import { all as found, withStore } from "../support/pipeline.ts";

const SHARING = {
  organisation: "A monitoring desk",
  profiles: [
    { name: "partners", kinds: ["posts", "links", "stories", "traces", "alerts"], tlp: "amber+strict" },
  ],
  techniques: [{ finding: "uncredited-copy", technique: "T0084.002", by: "R. Analyst", date: "2026-03-02" }],
};

const dir = folder();
const config = path.join(dir, "headwater.yml");
const data = path.join(dir, "data");
let given: { privacy: unknown } & Record<string, unknown>;

beforeAll(async () => {
  const demo = parse(readFileSync(DEMO_CONFIG, "utf8")) as typeof given;
  // Nobody on the platforms is shown by name, so that all of it goes through the veil.
  given = {
    ...demo,
    privacy: { shown_accounts: [] },
    reports: { marking: "UNCLASSIFIED", tlp: "green" },
    sharing: SHARING,
  };
  writeFileSync(config, stringify(given));
  const { code, err } = await headwater(["up", "--once", "--config", config, "--data", data]);
  expect(code, err).toBe(0);
});

function written(kind: ExportKind | undefined, format: string, profile = "partners"): Promise<string> {
  return withStore(dir, async (store: Store) => {
    const { text } = await exported(store, given, { kind, format, profile });
    return text;
  });
}

function file(name: string, text: string): string {
  const full = path.join(dir, name);
  writeFileSync(full, text);
  return full;
}

describe("headwater export", () => {
  it("writes a bundle by a profile, and tells on standard error where all of it ended", async () => {
    const args = ["export", "--profile", "partners", "--format", "stix", "--config", config, "--data", data];
    const { code, out, err } = await headwater(args);
    expect([code, err]).toEqual([0, expect.stringContaining("2 stories read = 2 written (profile partners")]);
    expect((JSON.parse(out) as { type: string }).type).toBe("bundle");
    expect((await headwater(args)).out).toBe(out);
    for (const account of ["gh_5a1d93c07e42", "gh_b7720e4d15f9"]) expect(out).not.toContain(account);
  });

  it("counts what a format cannot hold", async () => {
    const { code, out, err } = await headwater([
      "export",
      "posts",
      "--format",
      "coortweet",
      "--config",
      config,
      "--data",
      data,
    ]);
    expect(code).toBe(0);
    const [, read, wrote, left] = /(\d+) posts read = (\d+) written \+ (\d+) left out/.exec(err)!.map(Number);
    expect(read).toBe(70);
    expect(wrote! + left!).toBe(70);
    expect(out.split("\r\n")[0]).toBe("object_id,account_id,content_id,timestamp_share");
  });

  it("refuses what cannot be, with what can", async () => {
    const { code, out, err } = await headwater([
      "export",
      "runs",
      "--format",
      "gexf",
      "--config",
      config,
      "--data",
      data,
    ]);
    expect([code, out]).toEqual([64, ""]);
    expect(err).toContain("runs can be written as jsonl or csv");
  });

  it("gives posts by CSV that come back the same", async () => {
    const table = await written("posts", "csv", "own");
    const again = folder();
    const { code, out } = await headwater(["import", file("posts.csv", table), "--data", again]);
    expect([code, out]).toEqual([0, expect.stringContaining("70 seen = 70 added")]);
    const posts = async (args: readonly string[]) =>
      jsonLines((await headwater(["export", "posts", ...args])).out)
        .map(({ id, text, title, published, account, engagement, references, media, declared_source }) => ({
          id,
          text,
          title,
          published,
          account,
          engagement,
          references,
          media,
          declared_source,
        }))
        .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
    expect(await posts(["--data", again])).toEqual(await posts(["--config", config, "--data", data]));
  });

  it.each(["rss", "atom"])("gives a feed of alerts that our own collector reads: %s", async (format) => {
    const feed = readFeed(await written(undefined, format), {
      url: "http://desk.example/alerts.rss",
      sha256: "0",
    });
    if ("problem" in feed) throw new Error(feed.problem);
    const options = rssOptions.parse({ url: "http://desk.example/alerts.rss" });
    const drafts = feed.items.map((item) => map(item, options));
    expect(drafts).toEqual([
      expect.objectContaining({
        draft: expect.objectContaining({ title: expect.stringContaining("A story of") }),
      }),
      expect.objectContaining({ draft: expect.objectContaining({ text: expect.stringContaining("When:") }) }),
    ]);
  });
});

const STIX = `
import json, sys, stix2
from stix2validator import validate_string, ValidationOptions
text = open(sys.argv[1], encoding="utf-8").read()
found = validate_string(text, ValidationOptions(version="2.1", enforce_refs=True))
bundle = stix2.parse(text)
for o in bundle.objects:
    if o.type == "user-account":
        again = stix2.v21.UserAccount(**{k: v for k, v in o.items() if k not in ("id", "object_marking_refs")})
        assert again.id == o.id, o
    if o.type == "url":
        assert stix2.v21.URL(value=o.value).id == o.id, o
errors = [str(e) for e in found.errors or []]
types = {}
for o in bundle.objects: types[o.type] = types.get(o.type, 0) + 1
print(json.dumps({"valid": found.is_valid, "errors": errors, "types": types}))
`;

const MISP = `
import json, pathlib, sys, jsonschema, pymisp
from pymisp import MISPEvent, MISPObject
schema = json.loads((pathlib.Path(pymisp.__file__).parent / "data" / "schema-lax.json").read_text())
told = []
for entry in json.load(open(sys.argv[1], encoding="utf-8"))["response"]:
    jsonschema.validate(entry, schema)
    event = MISPEvent()
    event.load(json.loads(json.dumps(entry)))
    for o in entry["Event"]["Object"]:
        template = MISPObject(o["name"], strict=True)
        for a in o["Attribute"]:
            template.add_attribute(a["object_relation"], value=a["value"], type=a["type"], category=a["category"])
        template.to_json()
        assert (template.template_uuid, str(template.template_version)) == (o["template_uuid"], o["template_version"])
    uuids = {o.uuid for o in event.objects}
    assert all(r.referenced_uuid in uuids for o in event.objects for r in o.ObjectReference)
    told.append({"info": event.info, "objects": len(event.objects), "tags": [t.name for t in event.tags], "attributes": [a.value for a in event.attributes]})
print(json.dumps(told))
`;

const GRAPHS = `
import json, sys, networkx as nx
told = []
for name in sys.argv[1:]:
    graph = nx.read_gexf(name) if name.endswith(".gexf") else nx.read_graphml(name)
    told.append({"nodes": len(graph), "edges": graph.number_of_edges(), "directed": graph.is_directed(),
                 "labels": all(d.get("label") for _, d in graph.nodes(data=True)),
                 "weights": sum(d["weight"] for _, _, d in graph.edges(data=True))})
print(json.dumps(told))
`;

const FEED = `
import json, sys, feedparser
feed = feedparser.parse(sys.argv[1])
print(json.dumps({"broken": bool(feed.bozo), "title": feed.feed.title, "ids": [e.id for e in feed.entries],
                  "dated": all(e.published_parsed for e in feed.entries), "text": [e.summary for e in feed.entries]}))
`;

const TABLE = `
import csv, json, sys
print(json.dumps(list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")))))
`;

await withPython((python) => {
  const ask = async (script: string, ...files: readonly string[]) =>
    JSON.parse(await python(script, ...files)) as never;

  describe("what others read", () => {
    it.each(["stories", "posts", "alerts"] as const)("a STIX bundle of %s is valid", async (kind) => {
      const text = await written(kind, "stix");
      const found: { valid: boolean; errors: readonly string[]; types: Record<string, number> } = await ask(
        STIX,
        file(`${kind}.json`, text),
      );
      expect(found.errors).toEqual([]);
      expect(found.valid).toBe(true);
      expect(found.types).toMatchObject({
        identity: expect.any(Number),
        "user-account": expect.any(Number),
        "observed-data": expect.any(Number),
        "marking-definition": 2,
      });
      if (kind === "stories") {
        expect(found.types).toMatchObject({ report: 2, opinion: 2, "attack-pattern": 1 });
        expect(found.types.relationship).toBeGreaterThan(8);
      }
      expect(text).toContain('"tlp_2_0":"amber+strict"');
      expect(text).toContain('"statement":"UNCLASSIFIED"');
    });

    it("a MISP event keeps to the core format and its objects to their templates", async () => {
      const events: readonly { info: string; tags: readonly string[]; attributes: readonly string[] }[] =
        await ask(MISP, file("misp.json", await written(undefined, "misp")));
      expect(events).toHaveLength(2);
      expect(events.map(({ tags }) => tags)).toContainEqual([
        "tlp:amber+strict",
        'misp-galaxy:disarm-techniques="Plagiarise Content"',
      ]);
      for (const { attributes } of events) {
        expect(attributes).toEqual(["Marking: UNCLASSIFIED // TLP:AMBER+STRICT"]);
      }
    });

    it("graphs have their nodes, edges and weights", async () => {
      const files = await Promise.all(
        (["links", "accounts"] as const).flatMap((kind) =>
          ["gexf", "graphml"].map(async (format) =>
            file(`${kind}.${format}`, await written(kind, format, "default")),
          ),
        ),
      );
      const graphs: readonly Record<string, unknown>[] = await ask(GRAPHS, ...files);
      const all = await withStore(dir, (store) => found(store, "links"));
      const links = all.length;
      const nodes = new Set(all.flatMap(({ child, parent }) => [child, parent])).size;
      expect(graphs).toMatchObject([
        { nodes, edges: links, directed: true, labels: true },
        { nodes, edges: links, directed: true, labels: true },
        { directed: true, labels: true, weights: links },
        { directed: true, labels: true, weights: links },
      ]);
    });

    it.each(["rss", "atom"])("a feed of alerts is whole: %s", async (format) => {
      const feed = await ask(FEED, file(`alerts.${format}`, await written(undefined, format)));
      expect(feed).toMatchObject({
        broken: false,
        title: "UNCLASSIFIED // TLP:AMBER+STRICT: alerts of A monitoring desk",
        dated: true,
        text: [expect.stringContaining("Not known:"), expect.stringContaining("Not known:")],
      });
    });

    it("tables have a row a post, and CooRTweet's four columns", async () => {
      const posts: readonly Record<string, string>[] = await ask(
        TABLE,
        file("table.csv", await written("posts", "csv")),
      );
      expect(posts).toHaveLength(70);
      const shares: readonly Record<string, string>[] = await ask(
        TABLE,
        file("shares.csv", await written(undefined, "coortweet")),
      );
      expect(Object.keys(shares[0]!)).toEqual(["object_id", "account_id", "content_id", "timestamp_share"]);
      for (const { timestamp_share } of shares) expect(timestamp_share).toMatch(/^163[01]\d{6}$/);
    });
  });
});
