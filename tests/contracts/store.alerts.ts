import { describe, expect, it } from "vitest";
import { parseQuery } from "../../text/query.ts";
import {
  analyze,
  found,
  ids,
  sampleAlert,
  sampleDelivery,
  sampleFindings,
  samplePost,
} from "./store.samples.ts";
import type { Current } from "./store.suite.ts";

/** Alerts, what people decided on them, their deliveries, and which posts a watch has. */
export function alertPromises(current: Current): void {
  describe("alerts", () => {
    const at = "2021-09-12T00:00:00.000Z";

    it("come back whole, open, in the order asked", async () => {
      const { store, settle } = current();
      const [first, second] = [
        sampleAlert("a-1"),
        sampleAlert("a-2", { raised_at: "2021-09-10T00:00:00.000Z" }),
      ];
      await store.saveAlerts({ alerts: [first, second], deliveries: [] });
      const open = { judgements: [], state: "open" };
      expect(await store.getAlerts(["a-2", "a-9", "a-1"])).toEqual([
        { ...second, ...open },
        { ...first, ...open },
      ]);
      await settle();
      expect((await found(store, "alerts", "*")).map(({ id }) => id)).toEqual(["a-2", "a-1"]);
    });

    it("are replaced whole by id", async () => {
      const { store, settle } = current();
      await store.saveAlerts({ alerts: [sampleAlert("a-1")], deliveries: [] });
      const grown = sampleAlert("a-1", { size: 6, items: ["web:c"], holds: false, story: null, since: null });
      await store.saveAlerts({ alerts: [grown], deliveries: [] });
      await store.saveAlerts({ alerts: [grown], deliveries: [] });
      await settle();
      expect(await store.getAlerts(["a-1"])).toEqual([{ ...grown, judgements: [], state: "open" }]);
      expect(await store.count("alerts", { kind: "all" })).toBe(1);
      expect(await found(store, "alerts", "items:web:a")).toEqual([]);
    });

    it("keep what people decided, by time, whatever the machine saves", async () => {
      const { store, settle } = current();
      const acknowledged = { at, by: "An Analyst", state: "acknowledged", note: null } as const;
      expect(await store.judgeAlert("a-1", acknowledged)).toBe(false);
      await store.saveAlerts({ alerts: [sampleAlert("a-1"), sampleAlert("a-2")], deliveries: [] });
      const closed = {
        at: "2021-09-13T00:00:00.000Z",
        by: "甲",
        state: "closed",
        note: "a satire page",
      } as const;
      expect(await store.judgeAlert("a-1", closed)).toBe(true);
      expect(await store.judgeAlert("a-1", acknowledged)).toBe(true);
      expect(await store.judgeAlert("a-1", acknowledged)).toBe(true);
      await store.saveAlerts({ alerts: [sampleAlert("a-1", { size: 9 })], deliveries: [] });
      await settle();
      const [alert] = await store.getAlerts(["a-1"]);
      expect(alert).toMatchObject({ size: 9, state: "closed", judgements: [acknowledged, closed] });
      expect((await found(store, "alerts", "state:closed")).map(({ id }) => id)).toEqual(["a-1"]);
      expect((await found(store, "alerts", "state:open")).map(({ id }) => id)).toEqual(["a-2"]);
    });

    it("are found by parts of a value, letter for letter", async () => {
      const { store, settle } = current();
      await store.saveAlerts({ alerts: [sampleAlert("a-1", { rule: "50 % [of] a*b?" })], deliveries: [] });
      await settle();
      for (const [query, count] of [
        ["rule:*of*a*b*", 1],
        ["rule:*[of]*", 1],
        ["rule:5*?", 1],
        ["rule:5*\\**", 1],
        ["rule:*O*F*", 0],
        ["rule:*[o]*", 0],
        ["rule:*b*a*", 0],
      ] as const) {
        expect([query, await store.count("alerts", parseQuery(query))]).toEqual([query, count]);
      }
      await expect(store.count("alerts", parseQuery("size:1*2"))).rejects.toThrow("* in the middle");
      await expect(store.count("posts", parseQuery("title:a*b"))).rejects.toThrow("end of a word");
    });

    it("are found by their fields", async () => {
      const { store, settle } = current();
      await store.saveAlerts({
        alerts: [
          sampleAlert("a-1"),
          sampleAlert("a-2", {
            rule: "threats",
            kind: "watch-posts",
            severity: "critical",
            subject: "watch:threats:2021-09-09",
            story: null,
            watch: "threats",
            source: "a feed",
            holds: false,
            since: null,
            until: null,
            size: 40,
            items: ["weibo:z"],
          }),
        ],
        deliveries: [],
      });
      await settle();
      for (const [query, expected] of [
        ["id:a-2", ["a-2"]],
        ['rule:"state story relayed"', ["a-1"]],
        ["kind:watch-posts severity:critical", ["a-2"]],
        ["holds:true", ["a-1"]],
        ["subject:watch:*", ["a-2"]],
        ["subject:*:threats:*09*", ["a-2"]],
        ["rule:s*re*d -source:*fe?d", ["a-1"]],
        ["story:a-1", ["a-1"]],
        ["-story:*", ["a-2"]],
        ["watch:threats", ["a-2"]],
        ['source:"a feed"', ["a-2"]],
        ["items:(web:a OR weibo:z)", ["a-1", "a-2"]],
        ["since:2021-09-08", ["a-1"]],
        ["until:>=2021-09-10", ["a-1"]],
        ["size:>10", ["a-2"]],
        ["raised_at:2021-09-11 updated_at:2021-09", ["a-1", "a-2"]],
      ] as const) {
        const alerts = await found(store, "alerts", query);
        expect([query, alerts.map(({ id }) => id)]).toEqual([query, expected]);
        expect([query, await store.count("alerts", parseQuery(query))]).toEqual([query, expected.length]);
      }
    });
  });

  describe("deliveries", () => {
    it("are queued once a key with their alert, and put whole later", async () => {
      const { store, settle } = current();
      const queued = sampleDelivery("team a-1 1");
      await store.saveAlerts({ alerts: [sampleAlert("a-1")], deliveries: [queued] });
      const sent = { ...queued, state: "sent", attempts: 2, sent_at: "2021-09-11T00:01:00.000Z" } as const;
      await store.saveDeliveries([sent]);
      await store.saveAlerts({
        alerts: [sampleAlert("a-1")],
        deliveries: [queued, sampleDelivery("team a-1 2")],
      });
      await settle();
      expect(await store.getDeliveries(["team a-1 2", "none", "team a-1 1"])).toEqual([
        sampleDelivery("team a-1 2"),
        sent,
      ]);
      expect(await store.count("deliveries", { kind: "all" })).toBe(2);
    });

    it("are found by their fields, those due first at the head", async () => {
      const { store, settle } = current();
      const due = (day: number) => ({ due_at: `2021-09-${day}T08:00:00.000Z` });
      await store.saveDeliveries([
        sampleDelivery("k1", { ...due(14), channel: "mail", mode: "digest", batch: "d-1", rule: "threats" }),
        sampleDelivery("k2", { ...due(13), alert: "a-2" }),
        sampleDelivery("k3", { ...due(12), state: "failed" }),
      ]);
      await settle();
      for (const [query, expected] of [
        ["*", ["k3", "k2", "k1"]],
        ["state:waiting", ["k2", "k1"]],
        ["state:waiting due_at:<=2021-09-13T08:00:00.000Z", ["k2"]],
        ["channel:mail mode:digest batch:d-1 rule:threats", ["k1"]],
        ["alert:a-2 key:k2", ["k2"]],
        ["-batch:* created_at:2021-09-11", ["k3", "k2"]],
      ] as const) {
        const deliveries = await found(store, "deliveries", query);
        expect([query, deliveries.map(({ key }) => key)]).toEqual([query, expected]);
      }
    });
  });

  describe("watches", () => {
    it("have the posts that the last findings say", async () => {
      const { store, settle } = current();
      await store.savePosts(["web:1", "web:2", "web:3"].map((id) => samplePost(id)));
      const match = (watch: string, status: "suggested" | "confirmed") =>
        ({ watch, status, score: status === "confirmed" ? 1 : 0.5, reasons: ["a term"] }) as const;
      const watches = [match("schools", "confirmed"), match("taxes", "suggested")];
      await analyze(store, {
        findings: [
          sampleFindings("web:1", { watches }),
          sampleFindings("web:2", { watches: watches.slice(1) }),
        ],
      });
      await settle();
      expect((await store.getPosts(["web:1"]))[0]!.findings!.watches).toEqual(watches);
      expect(await ids(store, "watches:schools")).toEqual(["web:1"]);
      expect(await ids(store, "watches:taxes")).toEqual(["web:1", "web:2"]);
      expect(await ids(store, "watches_confirmed:taxes")).toEqual([]);
      expect(await ids(store, "watches_confirmed:*")).toEqual(["web:1"]);
      expect(await ids(store, "-watches:*")).toEqual(["web:3"]);
      await analyze(store, { findings: [sampleFindings("web:1")] });
      await settle();
      expect(await ids(store, "watches:*")).toEqual(["web:2"]);
      expect((await store.getPosts(["web:1"]))[0]!.findings!.watches).toEqual([]);
    });
  });
}
