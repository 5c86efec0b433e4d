// UTF-16 units as few bytes: of what wordings and ids are made of, a Latin letter, a digit or a Cyrillic letter takes one,
// a letter of most other alphabets, kana or a Han character two, and any other unit three.

const CYRILLIC = 0x430;
/** As many Cyrillic letters as there are control characters, whose bytes they take. */
const CYRILLIC_END = 0x450;
/** Alphabets up to here are numbered as they are, and kana and Han from here on. */
const ALPHABETS_END = 0xe00;
const EAST_ASIAN = 0x3000;
const EAST_ASIAN_END = 0xa000;
const MOVED = EAST_ASIAN - ALPHABETS_END;
const OTHER = 0xff;

let scratch = new Uint16Array(1 << 10);

/** Puts units into bytes from a place on, and says where they end. They take at most three times as many bytes. */
export function putUnits(units: Uint16Array, bytes: DataView, from: number): number {
  let at = from;
  for (let i = 0; i < units.length; i++) {
    const unit = units[i]!;
    if (unit < 0x80 && unit >= 0x20) bytes.setUint8(at++, unit);
    else if (unit >= CYRILLIC && unit < CYRILLIC_END) bytes.setUint8(at++, unit - CYRILLIC);
    else {
      const isEastAsian = unit >= EAST_ASIAN && unit < EAST_ASIAN_END;
      if (isEastAsian || (unit >= 0x80 && unit < ALPHABETS_END)) {
        const number = isEastAsian ? unit - MOVED : unit;
        bytes.setUint16(at, 0x8000 | number);
        at += 2;
      } else {
        bytes.setUint8(at, OTHER);
        bytes.setUint16(at + 1, unit);
        at += 3;
      }
    }
  }
  return at;
}

/** The units between two places of bytes. */
export function unitsAt(bytes: DataView, from: number, to: number): Uint16Array {
  if (scratch.length < to - from) scratch = new Uint16Array((to - from) * 2);
  let count = 0;
  for (let at = from; at < to; ) {
    const byte = bytes.getUint8(at++);
    if (byte < 0x20) scratch[count++] = byte + CYRILLIC;
    else if (byte < 0x80) scratch[count++] = byte;
    else if (byte === OTHER) {
      scratch[count++] = bytes.getUint16(at);
      at += 2;
    } else {
      const number = ((byte & 0x7f) << 8) | bytes.getUint8(at++);
      scratch[count++] = number < ALPHABETS_END ? number : number + MOVED;
    }
  }
  return scratch.slice(0, count);
}
