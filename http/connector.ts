import { lookup as resolve } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";
import { type AddressRule, isAllowed } from "./addresses.ts";
import type { FixedHosts } from "./hosts.ts";

/** A connection the guard did not allow. Its message ends a sentence that begins with the URL. */
export class Refused extends Error {
  override readonly name = "Refused";
}

export interface GuardOptions {
  readonly rules: readonly AddressRule[];
  readonly fixedHosts: FixedHosts;
  readonly timeout_ms: number;
}

/**
 * An agent whose every connection passes the guard. It sits at the connector, because a guard in DNS never sees a
 * literal address, and a guard on the URL never sees what DNS says; here both are checked, and then the address
 * that was really reached. Redirects pass too, since each hop is a connection.
 */
export function guardedAgent(options: GuardOptions): Agent {
  return new Agent({
    connect: guardedConnector(options),
    // HTTP/1.1 only: one request a host at a time has nothing to gain from streams, and the limits are measured on it.
    allowH2: false,
    connections: 1,
    headersTimeout: options.timeout_ms,
    bodyTimeout: options.timeout_ms,
  });
}

export function guardedConnector({ rules, fixedHosts, timeout_ms }: GuardOptions): buildConnector.connector {
  return (target, callback) => {
    const hostname = target.hostname.replace(/^\[|\]$/g, "");
    const fixed = fixedHosts(hostname);
    if (fixed !== null && target.protocol !== "http:") {
      callback(new Refused(`has a fixed address in http.hosts, which is for http only`), null);
      return;
    }
    const port = fixed?.port ?? Number(target.port || (target.protocol === "https:" ? 443 : 80));
    const allowed = (address: string): boolean =>
      fixed === null ? isAllowed(address, port, rules) : address.replace(/^::ffff:/i, "") === fixed.address;

    const literal = fixed?.address ?? hostname;
    if (/^[\d.]+$|:/.test(literal) && !allowed(literal)) {
      callback(refusal(literal), null);
      return;
    }
    const connect = buildConnector({ timeout: timeout_ms, allowH2: false, lookup: guardedLookup(allowed) });
    connect({ ...target, hostname: literal, port: String(port) }, (...[error, socket]) => {
      if (error !== null) {
        callback(error, null);
        return;
      }
      const reached = socket.remoteAddress;
      if (reached === undefined || !allowed(reached)) {
        socket.destroy();
        callback(refusal(reached ?? "an unknown address"), null);
        return;
      }
      callback(null, socket);
    });
  };
}

/** Asks for all addresses and gives on only those allowed; the client then tries them in turn. */
function guardedLookup(allowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, [], 0);
        return;
      }
      const open = addresses.filter(({ address }) => allowed(address));
      const first = open[0];
      if (first === undefined) callback(refusal(addresses[0]?.address ?? "no address"), [], 0);
      else if (options.all) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };
}

function refusal(address: string): Refused {
  return new Refused(
    `leads to ${address}, which is not a public address; list it under http.allow_private if it may be reached`,
  );
}
