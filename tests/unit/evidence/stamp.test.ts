import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { httpSchema } from "../../../config/schema.ts";
import { MANIFEST, STAMP } from "../../../evidence/files.ts";
import { readStamp, stampRequest } from "../../../evidence/stamp.ts";
import { stampClosed } from "../../../evidence/stamping.ts";
import { postBytes } from "../../../http/post-bytes.ts";
import { keep, SILENT, sampleExchange } from "../../support/exchanges.ts";
import { type TimestampService, timestampService } from "../../support/timestamp-service.ts";

let service: TimestampService;
beforeAll(async () => {
  service = await timestampService();
});
afterAll(() => service.close());

const FILE = Buffer.from("a manifest\n");

const ask = (body: Uint8Array) =>
  postBytes(
    service.url,
    { content_type: "application/timestamp-query", body, most: 100_000 },
    httpSchema.parse({ allow_private: [service.address] }),
  );
const pem = (file: string) => readFileSync(file, "utf8");

describe("a timestamp", () => {
  it("says when a file was there and who says so, held against an authority or not", async () => {
    const { der, nonce } = stampRequest(FILE);
    const answer = await ask(der);
    const told = await readStamp(answer, FILE, { authorities: null, nonce });
    expect(Math.abs(Date.parse(told.at) - Date.now())).toBeLessThan(10_000);
    expect(told).toMatchObject({ by: "Test timestamps", trusted: null });
    const trusted = await readStamp(answer, FILE, { authorities: pem(service.authority) });
    expect(trusted.trusted).toBe(true);
    const strange = await readStamp(answer, FILE, { authorities: pem(service.stranger) });
    expect(strange.trusted).toBe(false);
  });

  it("is asked for anew each time, in numbers that are given back", async () => {
    for (let i = 0; i < 8; i++) {
      const { der, nonce } = stampRequest(FILE);
      await readStamp(await ask(der), FILE, { authorities: null, nonce });
    }
    const first = await ask(stampRequest(FILE).der);
    const { nonce } = stampRequest(FILE);
    await expect(readStamp(first, FILE, { authorities: null, nonce })).rejects.toThrow(
      "answers another question",
    );
  });

  it.each([
    [
      "of another file",
      (der: Buffer) => readStamp(der, Buffer.from("another\n"), { authorities: null }),
      /is of another file/,
    ],
    [
      "with a changed signature",
      (der: Buffer) => readStamp(flipped(der, der.length - 4), FILE, { authorities: null }),
      /is not signed as it should be/,
    ],
    [
      "with a changed time",
      (der: Buffer) =>
        readStamp(flipped(der, der.indexOf("Z", der.indexOf("20")) - 1), FILE, { authorities: null }),
      /is not signed/,
    ],
  ])("%s is not believed", async (_, read, sentence) => {
    await expect(read(await ask(stampRequest(FILE).der))).rejects.toThrow(sentence);
  });

  it("that was refused is told with the reason", async () => {
    const garbage = { status: 200, body: Buffer.from("<html>sign in</html>") };
    service.answer(garbage);
    try {
      const answer = await ask(stampRequest(FILE).der);
      await expect(readStamp(answer, FILE, { authorities: null })).rejects.toThrow();
      service.answer({ status: 503, body: Buffer.alloc(0) });
      await expect(ask(stampRequest(FILE).der)).rejects.toThrow("answered 503");
      service.answer({ status: 200, body: Buffer.alloc(200_000) });
      await expect(ask(stampRequest(FILE).der)).rejects.toThrow("more than 100,000 bytes");
    } finally {
      service.answer(null);
    }
  });
});

describe("closed files", () => {
  async function closed(stamps: boolean, warned: string[] = []) {
    const log = { ...SILENT, warn: (sentence: string) => void warned.push(sentence) };
    const deps = { log, now: () => new Date(), authorities: pem(service.authority) };
    const kept = await keep();
    const stamped = { closed: () => stampClosed(kept.folder, ask, deps) };
    const again = await keep({ folder: kept.folder, store: kept.store, ...(stamps ? stamped : {}) });
    await again.evidence.record(sampleExchange("a page"));
    await again.evidence.close();
    const [capture] = await kept.captures();
    return { path: path.join(kept.folder, capture!.file), folder: kept.folder, deps, warned };
  }

  it("are stamped once, so that OpenSSL believes it", async () => {
    const before = service.asked();
    const { path: file, folder, deps } = await closed(true);
    await stampClosed(folder, ask, deps);
    expect(service.asked() - before).toBe(1);
    const told = execFileSync(
      "openssl",
      ["ts", "-verify", "-data", file + MANIFEST, "-in", file + STAMP, "-CAfile", service.authority],
      { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    );
    expect(told).toContain("OK");
  });

  it("that an outage left without are stamped with the next", async () => {
    service.answer({ status: 500, body: Buffer.alloc(0) });
    const { path: file, folder, deps, warned } = await closed(true);
    service.answer(null);
    expect(warned).toEqual([expect.stringMatching(/no timestamp for .* yet \(answered 500\)/)]);
    expect(() => readFileSync(file + STAMP)).toThrow();
    await stampClosed(folder, ask, deps);
    expect(readFileSync(file + STAMP).length).toBeGreaterThan(100);
  });

  it("keep no stamp of an authority that is not believed", async () => {
    const { path: file, folder, deps, warned } = await closed(false);
    await stampClosed(folder, ask, { ...deps, authorities: pem(service.stranger) });
    expect(warned).toEqual([expect.stringContaining("leads to none of evidence.timestamp_ca")]);
    expect(() => readFileSync(file + STAMP)).toThrow();
  });
});

function flipped(der: Buffer, at: number): Buffer {
  const changed = Buffer.from(der);
  changed[at]! ^= 1;
  return changed;
}
