import { hash } from "node:crypto";

const BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function sha256(bytes: Uint8Array): string {
  return hash("sha256", bytes, "hex");
}

/** The form in which tools of web archives compare payloads, and find the original of a revisit. */
export function sha1Digest(bytes: Uint8Array): string {
  return `sha1:${base32(hash("sha1", bytes, "buffer"))}`;
}

export function sha256Digest(bytes: Uint8Array): string {
  return `sha256:${sha256(bytes)}`;
}

/** RFC 4648. The 20 bytes of a SHA-1 need no padding. */
function base32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE_32[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + BASE_32[(held << (5 - bits)) & 31];
}
