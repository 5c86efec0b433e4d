let table: ReadonlyMap<string, number> | null = null;

/**
 * Encodes text in the one- and two-byte part of GB18030, which holds all the Chinese in common use. Node only decodes
 * it, so the table is made by decoding every two-byte sequence once (about 24,000). Throws for anything beyond.
 */
export function encodeGb18030(text: string): Uint8Array {
  table ??= buildTable();
  const bytes: number[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    if (codePoint < 0x80) {
      bytes.push(codePoint);
      continue;
    }
    const pair = table.get(character);
    if (pair === undefined)
      throw new Error(`"${character}" has no two-byte form in GB18030; write it otherwise.`);
    bytes.push(pair >> 8, pair & 0xff);
  }
  return Uint8Array.from(bytes);
}

function buildTable(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder("gb18030", { fatal: true });
  const found = new Map<string, number>();
  // Lead 0x81–0xFE, trail 0x40–0xFE without 0x7F: the two-byte plane of the standard.
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (!found.has(character)) found.set(character, (lead << 8) | trail);
    }
  }
  return found;
}
