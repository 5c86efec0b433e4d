/**
 * What every contender understands, ours included: a header, then one JSON line a document, then one a query, on
 * stdin; one JSON line back. Each runs in a process of its own, so that none pays for another's memory.
 */
export interface PeerTask {
  /** `stream`: each document asks for its like and is then added. `queries`: all are added, then the queries ask. */
  readonly task: "stream" | "queries";
  readonly documents: readonly string[];
  readonly queries?: readonly string[];
  /** Titles beside the documents, where the task is about headlines. Only ours reads titles apart. */
  readonly titles?: readonly (string | null)[];
}

export interface PeerAnswer {
  readonly version: string;
  /**
   * Processor time of the whole task, reading the lines not counted. Not time on the wall: the machine may be shared,
   * and every contender works on one thread (our collector's helper threads count against us).
   */
  readonly seconds: number;
  /** Time on the wall of signing and of the index, from the peers in Python. */
  readonly wall?: number;
  readonly stages: Readonly<Record<string, number>>;
  /** `stream`: later document, earlier document, … flat. */
  readonly pairs: readonly number[];
  /** `stream`, ours only: for each pair 2 when asserted, 1 when suggested, and the lesser overlap in thousandths. */
  readonly status?: readonly number[];
  readonly overlaps?: readonly number[];
  /** `queries`: the documents each query was answered with, and ours: which of them asserted. */
  readonly matches: readonly (readonly number[])[];
  readonly asserted?: readonly (readonly number[])[];
  /** Resident memory gained over the task. */
  readonly grown_mb: number;
}

export interface Header {
  readonly task: PeerTask["task"];
  readonly documents: number;
  readonly queries: number;
  readonly titles: boolean;
  readonly options: Readonly<Record<string, number | string>>;
}
