/** A page as it was served. */
export interface ServedPage {
  /** Where it was found, after redirects. */
  readonly url: string;
  /** SHA-256 of the bytes. */
  readonly sha256: string;
  readonly html: string;
}

/** An address that gave no page, kept as a record so that it is counted. */
export interface MissingPage {
  readonly url: string;
  /** A sentence. */
  readonly problem: string;
}
