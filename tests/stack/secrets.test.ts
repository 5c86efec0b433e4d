import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FOLDERS, places } from "../../stack/places.ts";
import { makeSecrets } from "../../stack/secrets.ts";
import { headwater } from "../support/command.ts";
import { serveSecurely } from "./recorder.ts";

describe("the secrets of the stack", () => {
  const root = mkdtempSync(path.join(tmpdir(), "headwater-secrets-"));
  const at = places(root);
  const content = () =>
    Object.fromEntries(
      FOLDERS.flatMap((folder) =>
        readdirSync(at.folder(folder)).map((name) => {
          const file = path.join(at.folder(folder), name);
          return [path.relative(root, file), readFileSync(file, "utf8")] as const;
        }),
      ),
    );
  beforeAll(() => makeSecrets(root));

  it("are made once and then stay", async () => {
    const before = content();
    expect(await makeSecrets(root)).toEqual([]);
    expect(content()).toEqual(before);
    for (const folder of FOLDERS)
      expect(Object.keys(before).some((file) => file.startsWith(`${folder}/`))).toBe(true);
  });

  it("are read by their owner alone, save what the user of Redis must read", () => {
    const open = Object.keys(content()).filter(
      (file) => (statSync(path.join(root, file)).mode & 0o077) !== 0,
    );
    const certificates = open.filter((file) => file.endsWith(".crt"));
    expect(open.filter((file) => !file.endsWith(".crt"))).toEqual(["redis/redis.key", "redis/users.acl"]);
    expect(certificates).toHaveLength(12);
  });

  it("are all different, and long", () => {
    const passwords = [
      at.elasticPassword[0]!,
      at.kibanaSystemPassword,
      at.analystPassword,
      at.boardPassword,
      at.explorerPassword,
    ].map((file) => readFileSync(file, "utf8").trim());
    expect(passwords.every((word) => /^[\w-]{32}$/.test(word))).toBe(true);
    expect(new Set(passwords).size).toBe(passwords.length);
  });

  it("make a server that a client with the authority trusts by each of its names, and another does not", async () => {
    const server = await serveSecurely(at.certificate("elasticsearch"), []);
    const ask = (options: object) =>
      new Promise<number>((resolve, reject) => {
        request(server.url, options, (response) => resolve(response.resume().statusCode!))
          .on("error", reject)
          .end();
      });
    const ca = readFileSync(at.trusted("workers"));
    for (const servername of ["elasticsearch", "localhost"]) expect(await ask({ ca, servername })).toBe(400);
    await expect(ask({ ca, servername: "kibana" })).rejects.toThrow(/does not match certificate's altnames/);
    await expect(ask({ servername: "localhost" })).rejects.toThrow(/certificate/);
    await server.close();
  });

  it("are renewed before they end, by the same authority", async () => {
    const { certificate, key } = at.certificate("kibana");
    const soon = [
      "-days",
      "10",
      "-CA",
      at.authority.certificate,
      "-CAkey",
      at.authority.key,
      "-set_serial",
      "1",
    ];
    const req = execFileSync("openssl", ["req", "-new", "-key", key, "-subj", "/CN=kibana"]);
    execFileSync("openssl", ["x509", "-req", ...soon, "-out", certificate], { input: req, stdio: "pipe" });
    expect(await makeSecrets(root)).toEqual(["kibana/kibana.crt"]);
    const renewed = new X509Certificate(readFileSync(certificate));
    expect(renewed.checkIssued(new X509Certificate(readFileSync(at.authority.certificate)))).toBe(true);
    expect(Date.parse(renewed.validTo)).toBeGreaterThan(Date.now() + 300 * 86_400_000);
  });

  it("refuse to go on with half an authority, and say what to do", async () => {
    const half = mkdtempSync(path.join(tmpdir(), "headwater-secrets-"));
    await makeSecrets(half);
    rmSync(places(half).authority.key);
    await expect(makeSecrets(half)).rejects.toThrow(
      /an authority's certificate without its key; restore the missing volume/,
    );
  });

  it("give Kibana a config whose certificate, password and keys are those made", () => {
    const config = parse(readFileSync(at.kibanaConfig, "utf8")) as Record<string, unknown>;
    expect(config["elasticsearch.password"]).toBe(readFileSync(at.kibanaSystemPassword, "utf8").trim());
    const keys = ["security", "encryptedSavedObjects", "reporting"].map(
      (name) => config[`xpack.${name}.encryptionKey`],
    );
    expect(keys).toEqual(JSON.parse(readFileSync(at.kibanaKeys, "utf8")));
    expect(new Set(keys).size).toBe(3);
  });

  it("are made and told by the command, and no account that is none is told of", async () => {
    const made = mkdtempSync(path.join(tmpdir(), "headwater-secrets-"));
    expect((await headwater(["stack", "secrets", "--secrets", made])).err).toContain("ca/ca.crt");
    const told = await headwater(["stack", "password", "analyst", "--secrets", made]);
    expect(told.out.trim()).toBe(readFileSync(places(made).analystPassword, "utf8").trim());
    const none = await headwater(["stack", "password", "root", "--secrets", made]);
    expect(none).toMatchObject({ code: 64, out: "" });
    expect(none.err).toContain('There is no account "root"; known are analyst, elastic, board, explorer.');
  });
});
