import { createHmac } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { Store } from "../../contracts/store.ts";
import { saveFindings } from "../../pipelines/alerts/save.ts";
import { notifyDue } from "../../pipelines/steps/notify.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { type Alerting, alerting, deliveries, finding, KEY, toNextDue } from "../support/alerts.ts";
import { type ChannelServer, channelServer, type Mood, type Received } from "../support/channel-server.ts";

const never = new AbortController().signal;
const rule = { name: "relayed", kind: "state-relay" };

function signatureProblem({ headers, body }: Received): string | null {
  const stamp = headers["headwater-timestamp"];
  const expected = createHmac("sha256", KEY).update(`${stamp}.${body}`).digest("hex");
  if (headers["headwater-signature"] !== `v1=${expected}`) return "the signature is wrong";
  return headers["idempotency-key"] === undefined ? "there is no idempotency key" : null;
}

/** A fixed sequence of numbers from 0 to 1, the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

describe("the outbox", () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  async function started(
    server: ChannelServer,
    channel: object = {},
    { rules = [rule] as object[], store }: { rules?: object[]; store?: Store } = {},
  ): Promise<Alerting> {
    open.push(server);
    const config = {
      http: { allow_private: [`127.0.0.1:${server.port}`], timeout_ms: 2_000 },
      alerts: {
        rules,
        channels: [
          {
            name: "team",
            notifier: "webhook",
            url_env: "TEAM_URL",
            key_env: "TEAM_KEY",
            most_messages: 1_000,
            ...channel,
          },
        ],
      },
    };
    const made = await alerting(config, { TEAM_URL: server.url, TEAM_KEY: KEY }, store);
    open.push(made.parts);
    return made;
  }

  it("loses no alert and doubles none over 200 failures of the channel and of the process", async () => {
    const random = numbers(7);
    let injected = 0;
    const WANTED = 200;
    const moods: readonly Mood[] = [
      "lost",
      "unheard",
      { status: 503 },
      { status: 429, headers: { "retry-after": "90" } },
      { status: 500, body: "oops" },
    ];
    const server = await channelServer(signatureProblem, () => {
      if (injected >= WANTED || random() < 0.25) return "takes";
      injected++;
      return moods[Math.floor(random() * moods.length)]!;
    });
    // The process dies now and then between a message that was taken and its mark in the store.
    const memory = await openSqliteStore(":memory:");
    const store: Store = {
      ...memory,
      saveDeliveries: async (saved) => {
        if (saved.some(({ state }) => state === "sent") && injected < WANTED && random() < 0.2) {
          injected++;
          throw new Error("killed");
        }
        return memory.saveDeliveries(saved);
      },
    };
    const it = await started(server, {}, { store });
    const alerts = Array.from({ length: 60 }, (_, i) => finding("relayed", `s-${i}`, 3));
    await saveFindings(it.parts, alerts, []);
    await saveFindings(it.parts, alerts, []);
    let rounds = 0;
    while (await toNextDue(it)) {
      expect(rounds++).toBeLessThan(2_000);
      await notifyDue(it.parts, never).catch((error: Error) => {
        if (error.message !== "killed") throw error;
      });
    }
    expect(injected).toBe(WANTED);
    // A receiver that keeps keys has each alert once: nothing is lost, and what came twice came under the same key.
    const byKey = new Map(
      server.taken.map(({ headers, body }) => [headers["idempotency-key"], JSON.parse(body)]),
    );
    const told = [...byKey.values()].map(({ alerts: [alert] }) => alert.id as string).sort();
    expect(told).toEqual(alerts.map(({ id }) => id).sort());
    expect((await deliveries(it)).every(({ state }) => state === "sent")).toBe(true);
    console.log(
      `${injected} failures, ${alerts.length} alerts, ${byKey.size} told, ${server.taken.length - byKey.size} came again under their key`,
    );
  });

  it("tells each alert once to a channel that keeps no keys, as long as the channel says what it took", async () => {
    const random = numbers(11);
    let failures = 0;
    const server = await channelServer(signatureProblem, () => {
      if (random() < 0.4) return "takes";
      failures++;
      return random() < 0.5 ? "lost" : { status: 502 };
    });
    const it = await started(server);
    await saveFindings(
      it.parts,
      Array.from({ length: 20 }, (_, i) => finding("relayed", `s-${i}`, 3)),
      [],
    );
    while (await toNextDue(it)) await notifyDue(it.parts, never);
    expect(failures).toBeGreaterThan(15);
    expect(server.taken).toHaveLength(20);
  });

  it("keeps the pause that a channel asks for, and waits longer each time without one", async () => {
    const moods: Mood[] = [
      { status: 429, headers: { "retry-after": "600" } },
      { status: 500 },
      "lost",
      "takes",
    ];
    const server = await channelServer(signatureProblem, (asked) => moods[asked]!);
    const it = await started(server);
    await saveFindings(it.parts, [finding("relayed", "s-1", 3)], []);
    const waits: number[] = [];
    while (await toNextDue(it)) {
      const before = it.clock;
      await notifyDue(it.parts, never);
      const [delivery] = await deliveries(it);
      if (delivery!.state === "waiting") waits.push((Date.parse(delivery!.due_at) - before) / 1000);
    }
    expect(waits).toEqual([600, 60, 120]);
    expect(it.log.said.join("\n")).toContain("next try in 600 s");
  });

  it("sets aside what a channel refuses for good, and goes on with the next", async () => {
    const server = await channelServer(({ body }) => (body.includes("s-1") ? "no such channel" : null));
    const it = await started(server);
    await saveFindings(it.parts, [finding("relayed", "s-1", 3), finding("relayed", "s-2", 3)], []);
    it.parts.config.alerts.links.report = "https://reports.example/{story}";
    await notifyDue(it.parts, never);
    const states = (await deliveries(it)).map(({ state, error }) => [state, error]).sort();
    expect(states).toEqual([
      ["failed", "it answered 400: no such channel"],
      ["sent", null],
    ]);
    expect(it.log.said.join("\n")).toContain("`headwater alert resend`");
  });

  it("gives 10,000 alerts of one storm in at most 5 messages a rule, and the digest has them all", async () => {
    const server = await channelServer(signatureProblem);
    const it = await started(
      server,
      { most_messages: 4 },
      { rules: [rule, { name: "other", kind: "state-relay" }] },
    );
    for (let i = 0; i < 10_000; i += 500) {
      const some = Array.from({ length: 500 }, (_, k) => finding("relayed", `s-${i + k}`, 3));
      await saveFindings(it.parts, i === 0 ? [...some, finding("other", "s-x", 3)] : some, []);
      await notifyDue(it.parts, never);
      it.clock += 60_000;
    }
    while (await toNextDue(it)) await notifyDue(it.parts, never);
    const messages = server.taken.map(({ body }) => JSON.parse(body));
    const alone = messages.filter(({ digest }) => !digest);
    const digests = messages.filter(({ digest }) => digest);
    expect(alone.filter(({ alerts: [{ rule: of }] }) => of === "relayed")).toHaveLength(4);
    expect(alone.filter(({ alerts: [{ rule: of }] }) => of === "other")).toHaveLength(1);
    expect(digests).toHaveLength(1);
    const told = new Set(messages.flatMap(({ alerts }) => alerts.map(({ id }: { id: string }) => id)));
    expect(told.size).toBe(10_001);
    expect(digests[0].summary).toEqual(["relayed: 9996 alerts"]);
  });

  it("tells a story that grows to 10,000 accounts a few times, and never twice of the same size", async () => {
    const server = await channelServer(signatureProblem);
    const it = await started(server, { most_messages: 4 });
    for (let size = 3; size <= 10_000; size = Math.ceil(size * 1.1)) {
      await saveFindings(
        it.parts,
        [finding("relayed", "s-1", size)],
        await it.store.getAlerts([finding("relayed", "s-1", 1).id]),
      );
      await notifyDue(it.parts, never);
    }
    while (await toNextDue(it)) await notifyDue(it.parts, never);
    expect(server.taken.length).toBeLessThanOrEqual(5);
    const [alert] = await it.store.getAlerts([finding("relayed", "s-1", 1).id]);
    expect(alert!.events.length).toBeLessThan(14);
    expect(alert!.size).toBeGreaterThan(9_000);
  });

  it("holds alerts back in quiet hours, save the gravest, and gathers digests", async () => {
    const server = await channelServer(signatureProblem);
    const quiet_hours = { from: "22:00", to: "07:00", except: "critical" };
    const it = await started(server, { quiet_hours, digest: "immediate" });
    it.clock = Date.parse("2021-09-11T23:30:00Z");
    await saveFindings(
      it.parts,
      [finding("relayed", "s-1", 3), finding("relayed", "s-2", 3, { severity: "critical" })],
      [],
    );
    await notifyDue(it.parts, never);
    expect(server.taken).toHaveLength(1);
    it.clock = Date.parse("2021-09-12T06:59:00Z");
    await notifyDue(it.parts, never);
    expect(server.taken).toHaveLength(1);
    it.clock = Date.parse("2021-09-12T07:00:00Z");
    await notifyDue(it.parts, never);
    expect(server.taken).toHaveLength(2);
  });

  it("sends one digest a day, whole, and the same one after a failure", async () => {
    const moods: Mood[] = ["unheard", "takes"];
    const server = await channelServer(signatureProblem, (asked) => moods[asked] ?? "takes");
    const it = await started(server, { digest: "daily", daily_at: "08:00" });
    await saveFindings(it.parts, [finding("relayed", "s-1", 3), finding("relayed", "s-2", 3)], []);
    await notifyDue(it.parts, never);
    expect(server.asked()).toBe(0);
    it.clock = Date.parse("2021-09-12T08:00:00Z");
    await notifyDue(it.parts, never);
    // What comes meanwhile goes into the next one.
    await saveFindings(it.parts, [finding("relayed", "s-3", 3)], []);
    while (await toNextDue(it)) await notifyDue(it.parts, never);
    const sent = server.taken.map(({ headers, body }) => [
      headers["idempotency-key"],
      JSON.parse(body).alerts.length,
    ]);
    expect(sent).toEqual([
      [expect.any(String), 2],
      [sent[0]![0], 2],
      [expect.any(String), 1],
    ]);
    expect(sent[2]![0]).not.toBe(sent[0]![0]);
  });

  it("tells a closed alert no more, and nothing that is not borne out before it was told", async () => {
    const server = await channelServer(signatureProblem);
    const it = await started(server, { digest: "hourly" });
    const [one, two] = [finding("relayed", "s-1", 3), finding("relayed", "s-2", 3)];
    await saveFindings(it.parts, [one, two], []);
    const at = new Date(it.clock).toISOString();
    await it.store.judgeAlert(one.id, { at, by: "An Analyst", state: "closed", note: null });
    await saveFindings(it.parts, [], await it.store.getAlerts([two.id]));
    await toNextDue(it);
    await notifyDue(it.parts, never);
    expect(server.taken).toHaveLength(0);
    expect((await deliveries(it)).map(({ state }) => state)).toEqual(["withdrawn", "withdrawn"]);
    // It holds again after all: now it is told.
    await saveFindings(it.parts, [two], []);
    while (await toNextDue(it)) await notifyDue(it.parts, never);
    expect(server.taken.map(({ body }) => JSON.parse(body).alerts[0].id)).toEqual([two.id]);
  });

  it("carries an alert on when its story gets another name, with its decisions and without telling it again", async () => {
    const server = await channelServer(signatureProblem);
    const it = await started(server);
    const before = finding("relayed", "s-9", 3, { items: ["web:b", "web:c"] });
    await saveFindings(it.parts, [before], []);
    await notifyDue(it.parts, never);
    const at = new Date(it.clock).toISOString();
    await it.store.judgeAlert(before.id, { at, by: "甲", state: "acknowledged", note: null });
    const after = finding("relayed", "s-1", 4, { items: ["web:a", "web:b", "web:c"] });
    await saveFindings(it.parts, [after], await it.store.getAlerts([before.id]));
    await notifyDue(it.parts, never);
    expect(server.taken).toHaveLength(1);
    const [old, now] = await it.store.getAlerts([before.id, after.id]);
    expect(old).toMatchObject({ holds: false });
    expect(now).toMatchObject({
      holds: true,
      thread: before.id,
      state: "acknowledged",
      raised_at: old!.raised_at,
    });
    expect(now!.events.map(({ what }) => what)).toEqual(["raised", "continues"]);
    const doubled = finding("relayed", "s-1", 6, { items: after.items });
    await saveFindings(it.parts, [doubled], await it.store.getAlerts([after.id]));
    await notifyDue(it.parts, never);
    expect(server.taken).toHaveLength(2);
  });

  it("lets one part of a story that falls apart carry its alert on, and tells the other as new", async () => {
    const server = await channelServer(signatureProblem);
    const it = await started(server);
    const whole = finding("relayed", "s-5", 4, { items: ["web:a", "web:b", "web:c", "web:d"] });
    await saveFindings(it.parts, [whole], []);
    await notifyDue(it.parts, never);
    const parts = [
      finding("relayed", "s-1", 3, { items: ["web:a", "web:b"] }),
      finding("relayed", "s-2", 3, { items: ["web:c", "web:d"] }),
    ];
    await saveFindings(it.parts, parts, await it.store.getAlerts([whole.id]));
    await notifyDue(it.parts, never);
    const alerts = await it.store.getAlerts(parts.map(({ id }) => id));
    expect(alerts.map(({ thread }) => thread)).toEqual([whole.id, parts[1]!.id]);
    expect(server.taken.map(({ body }) => JSON.parse(body).alerts[0].id)).toEqual([whole.id, parts[1]!.id]);
  });

  it("gives decisions on, also when the process died before it could", async () => {
    const server = await channelServer(signatureProblem);
    const memory = await openSqliteStore(":memory:");
    let dies = false;
    const store: Store = {
      ...memory,
      judgeAlert: async (id, judgement) => {
        if (dies) throw new Error("killed");
        return memory.judgeAlert(id, judgement);
      },
    };
    const it = await started(server, { digest: "hourly" }, { store });
    const before = finding("relayed", "s-9", 3, { items: ["web:b"] });
    await saveFindings(it.parts, [before], []);
    const at = new Date(it.clock).toISOString();
    await it.store.judgeAlert(before.id, { at, by: "甲", state: "acknowledged", note: null });
    const after = finding("relayed", "s-1", 3, { items: ["web:a", "web:b"] });
    dies = true;
    await expect(saveFindings(it.parts, [after], await it.store.getAlerts([before.id]))).rejects.toThrow(
      "killed",
    );
    dies = false;
    await saveFindings(it.parts, [after], await it.store.getAlerts([after.id]));
    expect((await it.store.getAlerts([after.id]))[0]).toMatchObject({
      state: "acknowledged",
      thread: before.id,
    });
    while (await toNextDue(it)) await notifyDue(it.parts, never);
    expect(server.taken.map(({ body }) => JSON.parse(body).alerts[0].id)).toEqual([after.id]);
  });

  it("never writes a secret anywhere, whatever fails", async () => {
    const moods: Mood[] = [
      { status: 403, body: `bad token for /hooks/T0SECRET/B0SECRET, key ${KEY}` },
      "lost",
      { status: 500, body: "http://127.0.0.1/hooks/T0SECRET/B0SECRET" },
      "takes",
    ];
    const server = await channelServer(signatureProblem, (asked) => moods[asked] ?? "takes");
    const it = await started(server);
    await saveFindings(it.parts, [finding("relayed", "s-1", 3), finding("relayed", "s-2", 3)], []);
    while (await toNextDue(it)) await notifyDue(it.parts, never);
    const unreachable = await alerting(
      {
        alerts: {
          rules: [rule],
          channels: [{ name: "team", notifier: "webhook", url_env: "TEAM_URL", key_env: "TEAM_KEY" }],
        },
      },
      { TEAM_URL: server.url, TEAM_KEY: KEY },
    );
    open.push(unreachable.parts);
    await saveFindings(unreachable.parts, [finding("relayed", "s-1", 3)], []);
    await notifyDue(unreachable.parts, never);
    const kept = JSON.stringify([
      it.log.said,
      await deliveries(it),
      it.parts.config,
      unreachable.log.said,
      await deliveries(unreachable),
    ]);
    expect(kept).toContain("[secret]");
    expect(kept).toContain("not a public address");
    expect(kept).not.toContain("T0SECRET");
    expect(kept).not.toContain(KEY);
  });

  it("says which secret is missing, and sends once it is there", async () => {
    const server = await channelServer(signatureProblem);
    const it = await started(server, { url_env: "NOT_SET" });
    await saveFindings(it.parts, [finding("relayed", "s-1", 3)], []);
    await notifyDue(it.parts, never);
    expect((await deliveries(it))[0]).toMatchObject({
      state: "failed",
      error: "its url is missing: the variable NOT_SET is not set",
    });
  });
});
