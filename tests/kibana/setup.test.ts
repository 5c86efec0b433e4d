import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { places } from "../../stack/places.ts";
import { makeSecrets } from "../../stack/secrets.ts";
import { type Recorder, serveSecurely } from "../stack/recorder.ts";
import { headwater } from "../support/command.ts";
import { kibanaApi } from "./kibana-api.ts";
import { dataViews, story } from "./objects.ts";

const KEY = "a2V5OnNlY3JldA==";

describe("headwater kibana setup", () => {
  const root = mkdtempSync(path.join(tmpdir(), "headwater-kibana-"));
  const key = path.join(root, "key");
  let api: ReturnType<typeof kibanaApi>;
  let kibana: Recorder;
  beforeAll(async () => {
    await makeSecrets(root);
    writeFileSync(key, `${KEY}\n`);
  });
  beforeEach(async () => {
    await kibana?.close();
    api = kibanaApi(KEY);
    kibana = await serveSecurely(places(root).certificate("kibana"), api.routes);
  });
  afterAll(() => kibana.close());

  const setUp = (...args: readonly string[]) =>
    headwater([
      ...["kibana", "setup", "--kibana", kibana.url, "--ca", places(root).authority.certificate],
      ...["--api-key-file", key, ...args],
    ]);
  const all = [...dataViews.map(({ id }) => id), "headwater-overview", ...story.map(({ id }) => id)];

  it("brings everything by the documented calls, and a second time nothing", async () => {
    const first = await setUp();
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(kibana.refused).toEqual([]);
    expect(api.written).toEqual(all);
    expect(first.out).toContain("8 objects written.");
    const again = await setUp();
    expect(again.out).toContain("Kibana has everything as it should be.");
    expect(api.written).toEqual(all);
    expect(kibana.refused).toEqual([]);
  });

  it("puts back what was changed in Kibana, and says what that was", async () => {
    await setUp();
    api.written.length = 0;
    api.views.set("headwater-runs", { ...api.views.get("headwater-runs"), timeFieldName: "ended_at" });
    const overview = structuredClone(api.dashboards.get("headwater-overview")) as {
      title: string;
      panels: unknown[];
    };
    overview.title = "Mine";
    overview.panels.push({ id: "mine" });
    api.dashboards.set("headwater-overview", overview);
    const looked = await setUp("--dry-run");
    expect(looked.code).toBe(1);
    expect(looked.out).toContain('timeFieldName: "ended_at" there, "started_at" here');
    expect(looked.out).toContain('title: "Mine" there, "Headwater: overview" here');
    expect(looked.out).toContain("panels: 1 more there");
    expect(looked.out).toContain("2 objects would be written.");
    expect(api.written).toEqual([]);
    await setUp();
    expect(api.written).toEqual(["headwater-runs", "headwater-overview"]);
    expect((await setUp("--dry-run")).code).toBe(0);
  });

  it("knows an older edition of the story's dashboard by its mark", async () => {
    await setUp();
    api.written.length = 0;
    const older = api.dashboards.get("headwater-story") as { description: string };
    api.dashboards.set("headwater-story", {
      ...older,
      description: "One story, from its origin on. [00000000]",
    });
    await setUp();
    expect(api.written).toEqual(story.map(({ id }) => id));
  });

  it("tells in a sentence when Kibana does not let it in, or is not there", async () => {
    writeFileSync(`${key}.other`, "b3RoZXI=");
    const refused = await setUp("--api-key-file", `${key}.other`);
    expect(refused.code).toBe(69);
    expect(refused.err).toContain("headwater-posts was answered 401");
    expect(refused.err).not.toContain("b3RoZXI=");
    const { url } = kibana;
    await kibana.close();
    const gone = await headwater(["kibana", "setup", "--kibana", url, "--api-key-file", key]);
    expect(gone.code).toBe(69);
    expect(gone.err).toContain(`${url} does not answer`);
  });
});
