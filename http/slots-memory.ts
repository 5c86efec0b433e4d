import type { Slots } from "./lanes.ts";

/** Hosts kept in mind; past it those that are free and rested are forgotten. */
const MOST_HOSTS = 1000;

/** How often a host that is being asked is looked at again. */
const LOOK_AGAIN_MS = 5;

interface Host {
  taken: boolean;
  lastRequest: number;
  lastPage: number;
  restsUntil: number;
}

/** The hosts of one process. */
export function createMemorySlots(pause: number): Slots {
  const hosts = new Map<string, Host>();

  function hostOf(name: string): Host {
    const known = hosts.get(name);
    if (known) return known;
    if (hosts.size >= MOST_HOSTS) forgetRested(hosts, pause);
    const never = Number.NEGATIVE_INFINITY;
    const host = { taken: false, lastRequest: never, lastPage: never, restsUntil: never };
    hosts.set(name, host);
    return host;
  }

  return {
    async take(name, crawlDelay) {
      const host = hostOf(name);
      if (host.taken) return LOOK_AGAIN_MS;
      const now = performance.now();
      const wait = Math.max(host.lastRequest + pause, host.lastPage + crawlDelay, host.restsUntil) - now;
      if (wait > 0) return wait;
      host.taken = true;
      begin(host, crawlDelay, now);
      return 0;
    },
    async answered(name, crawlDelay) {
      begin(hostOf(name), crawlDelay, performance.now());
    },
    async release(name) {
      hostOf(name).taken = false;
    },
    async rest(name, milliseconds) {
      const host = hostOf(name);
      host.restsUntil = Math.max(host.restsUntil, performance.now() + milliseconds);
    },
  };
}

function begin(host: Host, crawlDelay: number, now: number): void {
  host.lastRequest = now;
  if (crawlDelay > 0) host.lastPage = now;
}

function forgetRested(hosts: Map<string, Host>, pause: number): void {
  const now = performance.now();
  for (const [name, host] of hosts) {
    // An hour covers any Crawl-delay that anyone waits for.
    const rested = Math.max(host.lastRequest + pause, host.lastPage + 3_600_000, host.restsUntil);
    if (!host.taken && rested < now) hosts.delete(name);
  }
}
