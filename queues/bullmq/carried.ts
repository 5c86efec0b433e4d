/** What BullMQ carries for a job of ours. Its name is the step. */
export interface Carried {
  readonly key: string;
  readonly data: unknown;
}
