import { createHash } from "node:crypto";

/** Version 5 of RFC 9562: the same name in the same namespace has the same id, wherever it is made. */
export function uuid5(namespace: string, name: string): string {
  const bytes = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name)
    .digest()
    .subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Of all ids that Headwater gives to what it shares. Chosen once; another would make every object a new one. */
export const NAMESPACE = "5b0f6c3e-8f0a-4f0e-9a53-1d7b1f0f9c21";
