export interface ListenOptions {
  /** Ends the listening. */
  readonly signal: AbortSignal;
}

/** A server that sends by itself, having let us in. */
export interface Listening {
  /**
   * What it sends, one text at a time. Ends when the connection does, whoever ended it. While nobody reads on, nothing more
   * is taken off the wire.
   */
  readonly messages: AsyncIterable<string>;
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
