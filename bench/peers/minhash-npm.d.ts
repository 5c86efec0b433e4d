/** npm minhash ships no types; this is what the bench calls of it. */
declare module "minhash" {
  export class Minhash {
    constructor(options?: { readonly numPerm?: number; readonly seed?: number });
    update(token: string): void;
  }
  export class LshIndex {
    constructor(options?: { readonly bandSize?: number });
    insert(key: string, minhash: Minhash): void;
    query(minhash: Minhash): readonly string[];
  }
}
