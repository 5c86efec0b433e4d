/** One sentence plus fields. `warn`: nothing is lost; `error`: someone must act. */
export interface Log {
  info(sentence: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(sentence: string, fields?: Readonly<Record<string, unknown>>): void;
  error(sentence: string, fields?: Readonly<Record<string, unknown>>): void;
  /** How far a long task is; drawn as a bar where a terminal is there. `total` null when unknown. */
  progress(task: string, done: number, total: number | null): void;
}
