import type { Gist } from "../../analyzers/links/gist.ts";
import type { PostId } from "../../contracts/post.ts";
import { Slots } from "../../keys/slots.ts";
import { gramHashes, hashName, SHORT_GRAM } from "../../text/fingerprints.ts";
import { putUnits, unitsAt } from "../../text/unit-bytes.ts";
import { wordsOfUnits } from "../../text/wording.ts";

/** Bytes of one chunk. */
const CHUNK = 1 << 20;
/** A longer post is not kept: where one of its runs begins and ends are numbers of 16 bits. */
const LONGEST = 0xffff;
/** Two times, and eight numbers of 16 bits. */
const HEAD = 2 * 8 + 8 * 2;
const [OWN, REFERS, SHOWS, ID, REVISION, TITLE, BODY, IS_TITLED] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
/** Where no post stands: a number that a slot may have. */
const NOWHERE = 1;

export interface KeptGist {
  readonly gist: Gist;
  readonly revision: string;
}

/**
 * The gists of very many posts, each in about as many bytes as its words have letters, those put in last kept. Only a
 * cache, as behind the store as `PreparedPosts`. Of two ids with one hash only the later is found.
 */
export class Gists {
  readonly #half: number;
  #newer = new Run();
  #older = new Run();

  /** `most`: bytes kept. When one half of them is full, the other is let go. */
  constructor(most: number) {
    this.#half = most / 2;
  }

  put(gist: Gist, revision: string): void {
    if (this.#newer.holds(gist.post.id, revision)) return;
    if (this.#newer.bytes >= this.#half) {
      this.#older = this.#newer;
      this.#newer = new Run();
    }
    this.#newer.put(gist, revision);
  }

  get(id: PostId): KeptGist | undefined {
    return this.#newer.get(id) ?? this.#older.get(id);
  }

  forget(id: PostId): void {
    this.#newer.forget(id);
    this.#older.forget(id);
  }
}

/** Gists one after the other in chunks of memory; nothing is taken out. */
class Run {
  /** By the hash of its id, where a post stands. */
  readonly #slots = new Slots();
  readonly #chunks: DataView<ArrayBuffer>[] = [];
  /** Bytes of the last chunk. */
  #used = 0;

  get bytes(): number {
    return Math.max(0, this.#chunks.length - 1) * CHUNK + this.#used;
  }

  put({ post: { id }, from, to, own, refers, shows, title, body }: Gist, revision: string): void {
    const texts = [unitsOf(id), unitsOf(revision), title?.wording.units ?? NO_UNITS, body.wording.units];
    const names = [own, refers, shows];
    const most =
      HEAD +
      texts.reduce((sum, { length }) => sum + 3 * length, 0) +
      names.reduce((sum, { length }) => sum + 4 * length, 0);
    if (most > LONGEST) return;
    const view = this.#room(most);
    const start = this.#used;
    view.setFloat64(start, from);
    view.setFloat64(start + 8, to);
    const note = (which: number, number: number) => view.setUint16(start + 16 + 2 * which, number);
    note(IS_TITLED, title === null ? 0 : 1);
    let at = start + HEAD;
    for (const [i, hashes] of names.entries()) {
      note(OWN + i, hashes.length);
      for (const hash of hashes) {
        view.setUint32(at, hash);
        at += 4;
      }
    }
    for (const [i, units] of texts.entries()) {
      const end = putUnits(units, view, at);
      note(ID + i, end - at);
      at = end;
    }
    this.#used = at;
    this.#slots.set(this.#slots.claim(hashName(id)), (this.#chunks.length - 1) * CHUNK + start);
  }

  get(id: PostId): KeptGist | undefined {
    const place = this.#find(id);
    return place === NOWHERE ? undefined : this.#read(id, place);
  }

  holds(id: PostId, revision: string): boolean {
    const place = this.#find(id);
    return place !== NOWHERE && this.#text(place, REVISION) === revision;
  }

  forget(id: PostId): void {
    if (this.#find(id) !== NOWHERE) this.#slots.set(this.#slots.claim(hashName(id)), NOWHERE);
  }

  #find(id: PostId): number {
    const place = this.#slots.find(hashName(id)) || NOWHERE;
    return place === NOWHERE || this.#text(place, ID) === id ? place : NOWHERE;
  }

  #read(id: PostId, place: number): KeptGist {
    const [view, start] = this.#at(place);
    let at = start + HEAD;
    const hashes = (which: number): Uint32Array => {
      const found = new Uint32Array(noted(view, start, which));
      for (let i = 0; i < found.length; i++, at += 4) found[i] = view.getUint32(at);
      return found;
    };
    const gist: Gist = {
      post: { id },
      from: view.getFloat64(start),
      to: view.getFloat64(start + 8),
      own: hashes(OWN),
      refers: hashes(REFERS),
      shows: hashes(SHOWS),
      title: noted(view, start, IS_TITLED) === 0 ? null : alignable(this.#units(place, TITLE)),
      body: alignable(this.#units(place, BODY)),
    };
    return { gist, revision: this.#text(place, REVISION) };
  }

  #text(place: number, which: number): string {
    return String.fromCharCode(...this.#units(place, which));
  }

  #units(place: number, which: number): Uint16Array {
    const [view, start] = this.#at(place);
    let from = start + HEAD;
    for (let before = OWN; before <= SHOWS; before++) from += 4 * noted(view, start, before);
    for (let before = ID; before < which; before++) from += noted(view, start, before);
    return unitsAt(view, from, from + noted(view, start, which));
  }

  /** The chunk of a place and where in it that is. */
  #at(place: number): readonly [DataView<ArrayBuffer>, number] {
    return [this.#chunks[Math.floor(place / CHUNK)]!, place % CHUNK];
  }

  /** A chunk with room for so many bytes from `used` on. */
  #room(bytes: number): DataView<ArrayBuffer> {
    if (this.#chunks.length === 0 || this.#used + bytes > CHUNK) {
      this.#chunks.push(new DataView(new ArrayBuffer(CHUNK)));
      this.#used = this.#chunks.length === 1 ? NOWHERE + 1 : 0;
    }
    return this.#chunks.at(-1)!;
  }
}

const NO_UNITS = new Uint16Array();

function noted(view: DataView, start: number, which: number): number {
  return view.getUint16(start + 16 + 2 * which);
}

function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < units.length; i++) units[i] = text.charCodeAt(i);
  return units;
}

function alignable(units: Uint16Array): Gist["body"] {
  const wording = wordsOfUnits(units);
  return { wording, grams: gramHashes(wording, SHORT_GRAM) };
}
