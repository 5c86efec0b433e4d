export interface ListenOptions {
  /** Ends the listening. */
  readonly signal: AbortSignal;
  /** Of the messages, for the evidence; `application/octet-stream` when left out. */
  readonly content_type?: string;
}

export interface Heard {
  readonly text: string;
  /**
   * Has the message kept as evidence, and answers with its SHA-256, the one that a record read from it carries: who asks for
   * the hash has the proof. Of a stream most is of no use, so what is not asked for is not kept. Throws StopAll when it cannot be.
   */
  keep(): Promise<string>;
}

/** A server that sends by itself, having let us in. */
export interface Listening {
  /**
   * What it sends, one message at a time. Ends when the connection does, whoever ended it. While nobody reads on, nothing more
   * is taken off the wire.
   */
  readonly messages: AsyncIterable<Heard>;
}

/** A server that did not let us in, and what it said. */
export interface NotLetIn {
  readonly status: number;
  readonly body: string;
}

/**
 * Connects by WebSocket, through the guard that every request passes. Throws RetryLater when there is no answer, SetAside
 * when the address may not be reached.
 */
export type Listener = (url: string, options: ListenOptions) => Promise<Listening | NotLetIn>;
