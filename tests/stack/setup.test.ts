import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { places } from "../../stack/places.ts";
import { API_KEYS } from "../../stack/privileges.ts";
import { makeSecrets } from "../../stack/secrets.ts";
import { headwater } from "../support/command.ts";
import { elasticsearchApi } from "./elasticsearch-api.ts";
import { type Recorder, serveSecurely } from "./recorder.ts";

describe("headwater stack setup", () => {
  const root = mkdtempSync(path.join(tmpdir(), "headwater-setup-"));
  const at = places(root);
  const secret = (file: string) => readFileSync(file, "utf8").trim();
  let api: ReturnType<typeof elasticsearchApi>;
  let server: Recorder;
  beforeEach(async () => {
    await makeSecrets(root);
    api = elasticsearchApi(secret(at.elasticPassword[1]!));
    server = await serveSecurely(at.certificate("elasticsearch"), api.routes);
  });
  afterEach(() => server.close());

  const setUp = (...args: readonly string[]) =>
    headwater(["stack", "setup", "--secrets", root, "--elasticsearch", server.url, ...args]);
  const bodies = (path: string) => server.calls.filter((call) => call.path === path).map(({ body }) => body);

  it("makes accounts, keys, retention and snapshots, by the documented calls alone", async () => {
    const ended = await setUp("--keep-posts", "730", "--keep-snapshots", "14");
    expect(ended).toMatchObject({ code: 0, out: "" });
    expect(server.refused).toEqual([]);
    expect(server.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /_security/user/kibana_system/_password",
      "PUT /_security/role/headwater_analyst",
      "PUT /_security/user/analyst",
      "DELETE /_security/api_key",
      "POST /_security/api_key",
      "DELETE /_security/api_key",
      "POST /_security/api_key",
      "DELETE /_security/api_key",
      "POST /_security/api_key",
      "PUT /_ilm/policy/headwater-months",
      "PUT /_component_template/headwater-lifecycle",
      "PUT /_snapshot/headwater",
      "PUT /_slm/policy/headwater-nightly",
    ]);
    expect(bodies("/_security/user/kibana_system/_password")).toEqual([
      { password: secret(at.kibanaSystemPassword) },
    ]);
    expect(bodies("/_ilm/policy/headwater-months")[0]).toMatchObject({
      policy: { phases: { delete: { min_age: "730d" } } },
    });
    expect(bodies("/_slm/policy/headwater-nightly")[0]).toMatchObject({ retention: { expire_after: "14d" } });
    expect(ended.err).toContain("a month can be searched for 730 days after its index was made");
  });

  it("keeps the keys that work, and makes anew the one that does not", async () => {
    await setUp();
    const first = [at.writerKey, at.readerKey, at.setupKey].map(secret);
    expect(first).toEqual([...api.keys.values()]);
    expect(statSync(at.writerKey).mode & 0o777).toBe(0o600);
    await setUp();
    expect([at.writerKey, at.readerKey, at.setupKey].map(secret)).toEqual(first);
    // Somebody has ended it in Kibana.
    api.keys.delete("headwater-reader");
    expect((await setUp()).err).toContain("API key reader: made.");
    const now = [at.writerKey, at.readerKey, at.setupKey].map(secret);
    expect(now[0]).toBe(first[0]);
    expect(now[1]).not.toBe(first[1]);
    expect(server.refused).toEqual([]);
  });

  it("keeps every month unless told otherwise", async () => {
    expect((await setUp("--keep-posts", "forever")).err).toContain("every month stays searchable");
    const [policy] = bodies("/_ilm/policy/headwater-months") as [{ policy: { phases: object } }];
    expect(Object.keys(policy.policy.phases)).toEqual(["hot", "warm"]);
  });

  it("tells in a sentence what the server said when it says no, and never a password", async () => {
    const other = await serveSecurely(at.certificate("elasticsearch"), elasticsearchApi("another").routes);
    const ended = await headwater(["stack", "setup", "--secrets", root, "--elasticsearch", other.url]);
    expect(ended.code).toBe(69);
    expect(ended.err).toContain("headwater: POST https://localhost");
    expect(ended.err).toContain("was answered 401");
    expect(ended.err).not.toContain(secret(at.elasticPassword[1]!));
    await other.close();
  });

  it("gives no key more than it needs", () => {
    const privileges = (name: keyof typeof API_KEYS) =>
      API_KEYS[name].indices.flatMap(({ privileges: all }) => all);
    expect(privileges("reader")).toEqual(["read", "view_index_metadata"]);
    expect(privileges("writer")).not.toContain("all");
    expect(privileges("writer")).not.toContain("delete_index");
    for (const { indices } of Object.values(API_KEYS)) {
      expect(indices.flatMap(({ names }) => names)).toEqual(["headwater-*"]);
    }
  });
});
