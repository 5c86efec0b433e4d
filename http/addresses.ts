import ipaddr from "ipaddr.js";
import { UsageError } from "../contracts/errors.ts";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A range of addresses, with the one port it is meant for or all of them. */
export interface AddressRule {
  readonly range: readonly [Address, number];
  readonly port: number | null;
}

/** sysexits EX_CONFIG. */
const CONFIG_EXIT = 78;

/** Global unicast, RFC 4291 2.4: the only IPv6 block the public network routes. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address belongs to the public network. Everything the registries keep for private, local, test or
 * translated use does not, NAT64 (`64:ff9b::/96`) included, for behind it may stand any IPv4 address.
 */
export function isPublic(address: string): boolean {
  const parsed = parseAddress(address);
  if (parsed === null || parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || (parsed as ipaddr.IPv6).match(GLOBAL_UNICAST);
}

/** Whether a connection may be made: a public address, or one the config lists with this port or with none. */
export function isAllowed(address: string, port: number, rules: readonly AddressRule[]): boolean {
  if (isPublic(address)) return true;
  const parsed = parseAddress(address);
  if (parsed === null) return false;
  return rules.some(({ range, port: only }) => {
    const sameKind = range[0].kind() === parsed.kind();
    return sameKind && (only === null || only === port) && parsed.match([range[0], range[1]]);
  });
}

/** An IPv4 address written into IPv6 (`::ffff:127.0.0.1`) is the IPv4 address; scope ids play no part. */
function parseAddress(address: string): Address | null {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

/** Reads `http.allow_private`: `10.1.0.0/16`, `127.0.0.1:8080`, `fd00::/8`, `[::1]:8080`. */
export function readAddressRules(written: readonly string[]): readonly AddressRule[] {
  return written.map((text, index) => {
    const match = /^(?:\[([^\]]+)\]|([\d./]+)|([0-9a-f:./]+))(?::(\d{1,5}))?$/i.exec(text.trim());
    const [, bracketed, v4, v6, port] = match ?? [];
    const range = readRange(bracketed ?? v4 ?? v6 ?? "");
    if (range === null || Number(port ?? 1) > 65_535) {
      throw new UsageError(
        `http.allow_private[${index}]: "${text}" is no address range. Write it as 10.1.0.0/16, 127.0.0.1:8080 or [::1]:8080.`,
        CONFIG_EXIT,
      );
    }
    return { range, port: port === undefined ? null : Number(port) };
  });
}

function readRange(text: string): readonly [Address, number] | null {
  try {
    if (text.includes("/")) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === "ipv4" ? 32 : 128];
  } catch {
    return null;
  }
}

/** Splits `127.0.0.1:8080` or `[::1]:8080`; null when it is not an address with a port. */
export function readEndpoint(text: string): { readonly address: string; readonly port: number } | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([\d.]+)):(\d{1,5})$/i.exec(text.trim());
  const address = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (address === undefined || !ipaddr.isValid(address) || port < 1 || port > 65_535) return null;
  return { address, port };
}
