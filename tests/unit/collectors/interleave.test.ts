import { expect, test } from "vitest";
import { interleave } from "../../../collectors/interleave.ts";

/** Gives `count` values named after itself, each when `tick` is called. */
function source(name: string, count: number, log: string[] = [], fails = false) {
  const waiting: (() => void)[] = [];
  async function* run(): AsyncGenerator<string> {
    try {
      for (let i = 1; i <= count; i++) {
        log.push(`${name}${i} asked`);
        await new Promise<void>((resolve) => waiting.push(resolve));
        yield `${name}${i}`;
      }
      if (fails) throw new Error(`${name} broke`);
    } finally {
      log.push(`${name} ended`);
    }
  }
  const tick = async () => {
    waiting.shift()?.();
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
  return { run: run(), tick };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test("gives what is there, and no source waits for another", async () => {
  const [slow, quick] = [source("slow", 1), source("quick", 3)];
  const merged = interleave([slow.run, quick.run], { most: 9, ahead: 1 });
  const first = merged.next();
  await quick.tick();
  expect((await first).value).toEqual(["quick1"]);
  const second = merged.next();
  await quick.tick();
  expect((await second).value).toEqual(["quick2"]);
  await slow.tick();
  await quick.tick();
  expect([...((await merged.next()).value as readonly string[])].sort()).toEqual(["quick3", "slow1"]);
  expect((await merged.next()).done).toBe(true);
});

test("a source is as far ahead of the reader as it may, and no more", async () => {
  const log: string[] = [];
  const a = source("a", 9, log);
  const merged = interleave([a.run], { most: 1, ahead: 2 });
  const first = merged.next();
  await a.tick();
  expect((await first).value).toEqual(["a1"]);
  for (let i = 0; i < 5; i++) await a.tick();
  expect(log).toEqual(["a1 asked", "a2 asked", "a3 asked"]);
  expect((await merged.next()).value).toEqual(["a2", "a3"]);
  expect(log.at(-1)).toBe("a4 asked");
  await merged.return(undefined);
});

test("no more than so many are asked at once; the next begins when one has ended", async () => {
  const log: string[] = [];
  const [a, b, c] = [source("a", 1, log), source("b", 1, log), source("c", 1, log)];
  const merged = interleave([a.run, b.run, c.run], { most: 2, ahead: 1 });
  const first = merged.next();
  await settle();
  expect(log).toEqual(["a1 asked", "b1 asked"]);
  await a.tick();
  await first;
  const second = merged.next();
  await settle();
  expect(log).toContain("c1 asked");
  await b.tick();
  await c.tick();
  const rest = [...((await second).value as readonly string[])];
  for await (const more of merged) rest.push(...more);
  expect(rest.sort()).toEqual(["b1", "c1"]);
});

test("an error comes after what was ready, and ends the others", async () => {
  const log: string[] = [];
  const [a, b] = [source("a", 1, log, true), source("b", 9, log)];
  const merged = interleave([a.run, b.run], { most: 2, ahead: 1 });
  const first = merged.next();
  await a.tick();
  expect((await first).value).toEqual(["a1"]);
  await expect(merged.next()).rejects.toThrow("a broke");
  await b.tick();
  await settle();
  expect(log).toContain("b ended");
});

test("nothing gives nothing", async () => {
  expect((await interleave([], { most: 3, ahead: 1 }).next()).done).toBe(true);
});
