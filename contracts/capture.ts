/** One answer, or one message of a stream, as it came, kept in a WARC file. Posts read from it carry the same `sha256`. */
export interface Capture {
  /** The UUID of its WARC record. */
  readonly id: string;
  /** When it was asked for, or when a message arrived, ISO 8601 in UTC. */
  readonly at: string;
  /** Of a message: the address of its stream without the query, which holds where the reader went on. */
  readonly url: string;
  /** What was asked for first; `url` itself where no redirect led there. */
  readonly requested_url: string;
  /** Of a message MESSAGE_STATUS, which no answer with a body has. */
  readonly status: number;
  /** SHA-256 of the body, decoded of its content encoding. */
  readonly sha256: string;
  /** Of the body as it came, as WARC tools compare it: `sha1:` and base 32. */
  readonly payload_digest: string;
  /** Size of the body, decoded. */
  readonly bytes: number;
  /** The file below the evidence folder, and where in it the answer and its request lie, compressed. */
  readonly file: string;
  readonly offset: number;
  readonly length: number;
  /** The capture that holds the same bytes, where this one only says that they came again. */
  readonly repeats: string | null;
  /** Captures of the redirects that led here, in order. */
  readonly hops: readonly string[];
}

/** 101 Switching Protocols: how the server answered when the stream was opened. */
export const MESSAGE_STATUS = 101;

export type Headers = readonly (readonly [name: string, value: string])[];

/** One question to a server and its answer, as the client hands it over to be kept. No secret is in it. */
export interface Exchange {
  readonly at: string;
  readonly method: string;
  readonly url: string;
  readonly requested_url: string;
  readonly request_headers: Headers;
  readonly request_body: Uint8Array | null;
  readonly status: number;
  readonly response_headers: Headers;
  /** As it came, in its content encoding; the transfer encoding is undone. */
  readonly payload: Uint8Array;
  /** True when the rest of the body was not read. */
  readonly truncated: boolean;
  readonly sha256: string;
  /** Size of the body, decoded. */
  readonly bytes: number;
  /** Ids of the redirects before it. */
  readonly hops: readonly string[];
}

/** Keeps an exchange and answers with the capture's id, once it is on disk. Throws StopAll when it cannot be kept. */
export type Recorder = (exchange: Exchange) => Promise<string>;

/** What a server sent by itself over an open connection, as the listener hands it over to be kept. */
export interface StreamMessage {
  readonly at: string;
  readonly url: string;
  readonly content_type: string;
  readonly payload: Uint8Array;
  readonly sha256: string;
}

/** Keeps a message, as a Recorder keeps an exchange. One that is kept already is not written again: a stream repeats itself after a cut. */
export type MessageRecorder = (message: StreamMessage) => Promise<string>;
