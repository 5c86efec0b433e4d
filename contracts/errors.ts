/** The class of an error says what happens next; its message is a sentence for the person who can act. */

/** Try the same job again after `after` milliseconds: a rate limit, an outage. It costs no attempt. */
export class RetryLater extends Error {
  override readonly name = "RetryLater";
  readonly after: number;
  constructor(message: string, after: number, options?: ErrorOptions) {
    super(message, options);
    this.after = after;
  }
}

/** This record or job can never work: it goes to quarantine with the reason, and may be replayed. */
export class SetAside extends Error {
  override readonly name = "SetAside";
}

/** Nothing can go on (bad credentials, broken store): the process ends. */
export class StopAll extends Error {
  override readonly name = "StopAll";
}

/** A person's mistake on the command line or in a config: told without a stack trace. `exit` follows sysexits. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly exit: number;
  constructor(message: string, exit: number = 64, options?: ErrorOptions) {
    super(message, options);
    this.exit = exit;
  }
}
