import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type JsonService, jsonService } from "../../http/json-service.ts";
import { REPOSITORY, snapshotContent, snapshotRepository } from "../../stack/lifecycle.ts";
import { listSnapshots, restoreSnapshot, snapshotName, takeSnapshot } from "../../stack/snapshots.ts";
import { samplePost } from "../contracts/store.samples.ts";
import { type Elasticsearch, startElasticsearch } from "../servers/elasticsearch.ts";
import { storeOfFile } from "../servers/elasticsearch-store.ts";
import { withServer } from "../servers/servers.ts";
import { headwater } from "../support/command.ts";
import { all } from "../support/pipeline.ts";

// It also sees to it that there is an Elasticsearch. A restore replaces all indexes of Headwater, so this has a server of
// its own.
await withServer("elasticsearch", () => {
  describe("snapshots", () => {
    let server: Elasticsearch;
    let elasticsearch: JsonService;
    let url = "";
    /** A bare server keeps no state of Kibana. */
    const content = { ...snapshotContent(), feature_states: ["none"] };
    const now = () => new Date("2026-11-26T12:00:00.000Z");

    beforeAll(async () => {
      server = await startElasticsearch();
      url = server.nodes[0]!.url;
      elasticsearch = jsonService({ url });
      await elasticsearch.expect("PUT", `/_snapshot/${REPOSITORY}`, snapshotRepository());
    });
    afterAll(() => server?.stop());

    it("bring back what was there, after a second one of what is there now", async () => {
      const file = storeOfFile([url]);
      const { store } = await file.open();
      const ids = async () => {
        await file.settle();
        return (await all(store, "posts")).map(({ post }) => post.id).sort();
      };
      await store.savePosts([samplePost("web:a"), samplePost("web:b")]);
      await file.settle();
      const taken = await takeSnapshot(elasticsearch, "monday", content);
      expect(taken).toMatchObject({ snapshot: "monday", state: "SUCCESS" });
      expect(taken.indices.every((index) => index.startsWith("headwater-"))).toBe(true);

      await store.savePosts([samplePost("web:c")]);
      expect(await ids()).toEqual(["web:a", "web:b", "web:c"]);
      const restored = await restoreSnapshot(elasticsearch, "monday", now);
      expect(restored.before).toBe("before-restore-2026-11-26t120000");
      expect(await ids()).toEqual(["web:a", "web:b"]);
      // The workers go on as if nothing had been.
      await store.savePosts([samplePost("web:d")]);
      expect(await ids()).toEqual(["web:a", "web:b", "web:d"]);

      await restoreSnapshot(elasticsearch, restored.before!, () => new Date("2026-11-26T13:00:00.000Z"));
      expect(await ids()).toEqual(["web:a", "web:b", "web:c"]);
      await store.close();
    });

    it("are listed and restored by the command", async () => {
      const listed = await headwater(["stack", "backups", "--elasticsearch", url]);
      expect(listed.out).toMatch(/^monday {2}\S+ {2}SUCCESS {2}\d+ indices\nbefore-restore-/);
      const restored = await headwater(["stack", "restore", "monday", "--elasticsearch", url]);
      expect(restored).toMatchObject({ code: 0 });
      expect(restored.out).toMatch(/^monday: \d+ indices restored/);
      expect(restored.err).toMatch(/What was there before is in the snapshot before-restore-/);
      expect((await listSnapshots(elasticsearch)).length).toBe(4);
    });

    it("are not made up", async () => {
      const none = await headwater(["stack", "restore", "tuesday", "--elasticsearch", url]);
      expect(none.code).toBe(64);
      expect(none.err).toContain('There is no snapshot "tuesday"; there are monday, before-restore-');
    });
  });
});

describe("the name of a snapshot", () => {
  it("has its second, and what Elasticsearch allows", () => {
    const name = snapshotName("headwater", new Date("2026-11-26T12:34:56.789Z"));
    expect(name).toBe("headwater-2026-11-26t123456");
  });
});
