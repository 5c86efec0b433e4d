import { createHash } from "node:crypto";
import {
  enoughPassages,
  type KeyEntry,
  type KeyRules,
  LEAST_OF_MOST,
  MOST,
  NEXT_TO_ALL,
} from "../../contracts/keys.ts";
import type { PostId } from "../../contracts/post.ts";
import { hashName } from "../../text/fingerprints.ts";

/** A wording's member says how many passages it has up to this; for more, as many are enough as for this. */
const MOST_COUNTED = 63;
const NO_WORDING = Buffer.alloc(0);

/** Two hashes of a post's id: the first ranks posts as every index does, both together name it. */
export function memberOf(post: PostId): Buffer {
  const member = Buffer.alloc(8);
  member.writeUInt32LE(hashName(post), 0);
  createHash("sha256").update(post).digest().copy(member, 4, 0, 4);
  return member;
}

export function encodeEntry({ post, keys }: KeyEntry): readonly (string | Buffer)[] {
  return [
    post,
    memberOf(post),
    keys.wording === null ? NO_WORDING : wordingMember(keys.wording, keys.passages.length),
    ...[keys.passages, keys.own, keys.refers, keys.shows].map(bytesOf),
  ];
}

export function encodeRules({ passage, name, group }: KeyRules): readonly (string | Buffer)[] {
  const numbers = [
    ...[passage.common, passage.hub, passage.representatives],
    ...[name.hub, name.representatives, group.representatives],
  ];
  const enough = Buffer.from(
    Array.from({ length: MOST_COUNTED + 1 }, (_, shorter) => enoughPassages(shorter, shorter)),
  );
  return [...numbers.map(String), enough, String(MOST), String(NEXT_TO_ALL), String(LEAST_OF_MOST)];
}

function wordingMember(wording: number, passages: number): Buffer {
  const member = Buffer.alloc(8);
  member.writeUInt32LE(wording % 2 ** 32, 0);
  member.writeUIntLE(Math.floor(wording / 2 ** 32), 4, 3);
  member[7] = Math.min(passages, MOST_COUNTED);
  return member;
}

function bytesOf(numbers: Uint32Array): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [i, number] of numbers.entries()) bytes.writeUInt32LE(number, i * 4);
  return bytes;
}
