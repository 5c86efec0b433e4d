import { UsageError } from "../contracts/errors.ts";
import { readEndpoint } from "./addresses.ts";

export interface FixedAddress {
  readonly address: string;
  readonly port: number;
}

/** The fixed address of a host name, or null for all that DNS answers for. */
export type FixedHosts = (hostname: string) => FixedAddress | null;

/** sysexits EX_CONFIG. */
const CONFIG_EXIT = 78;

/**
 * Reads `http.hosts`: a name, or `*.example` for every name below `example`, with an address and a port. The exact
 * name goes before a pattern, and of two patterns the longer.
 */
export function readFixedHosts(hosts: Readonly<Record<string, string>>): FixedHosts {
  const exact = new Map<string, FixedAddress>();
  const below: (readonly [string, FixedAddress])[] = [];
  for (const [pattern, target] of Object.entries(hosts)) {
    const endpoint = readEndpoint(target);
    const name = pattern.toLowerCase().replace(/\.$/, "");
    if (endpoint === null || !/^(?:\*\.)?[^*/:\s]+$/.test(name)) {
      throw new UsageError(
        `http.hosts: "${pattern}: ${target}" cannot be read. Write a host name or *.example, and an address with a port such as 127.0.0.1:8080.`,
        CONFIG_EXIT,
      );
    }
    if (name.startsWith("*.")) below.push([name.slice(1), endpoint]);
    else exact.set(name, endpoint);
  }
  below.sort(([a], [b]) => b.length - a.length);
  return (hostname) => {
    const name = hostname.toLowerCase().replace(/\.$/, "");
    return exact.get(name) ?? below.find(([suffix]) => name.endsWith(suffix))?.[1] ?? null;
  };
}
