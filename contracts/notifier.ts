import type { Severity } from "./alert.ts";
import type { ComponentInfo, SecretOption } from "./component.ts";
import type { MessageLanguage } from "./message.ts";

/** One alert in the words of one language, private accounts by pseudonym, ready to be laid out. */
export interface AlertText {
  /** Tells the receiver that two messages are about the same alert. */
  readonly id: string;
  readonly thread: string;
  readonly rule: string;
  readonly severity: Severity;
  /** The severity in the language. */
  readonly severity_told: string;
  /** `open`, `acknowledged`, `closed`, in the language. */
  readonly state: string;
  /** One sentence that stands for the whole. */
  readonly title: string;
  readonly what: readonly string[];
  readonly since: string;
  readonly who: readonly string[];
  readonly how_sure: readonly string[];
  readonly not_known: readonly string[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
  /** How the message says the parts above. */
  readonly labels: {
    readonly severity: string;
    readonly since: string;
    readonly who: string;
    readonly how_sure: string;
    readonly not_known: string;
    readonly links: string;
  };
}

/** What a channel is asked to tell, in one message. */
export interface Notice {
  /** The idempotency key: the same for every attempt to tell this. */
  readonly key: string;
  readonly lang: MessageLanguage;
  /** `Headwater: …`, short enough for a subject line. */
  readonly heading: string;
  /** One for an alert told alone; for a digest the gravest first. */
  readonly alerts: readonly AlertText[];
  /** In a digest: what is counted, and how to see all. Empty otherwise. */
  readonly summary: readonly string[];
  readonly digest: boolean;
  readonly at: string;
}

export interface SendRequest {
  readonly method: "POST" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SendAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** At most a few kilobytes: enough for a refusal's reason. */
  readonly body: string;
}

export interface NotifierIo {
  /** The guarded way out. Throws RetryLater when there is no answer; never names more than the host. */
  readonly send: (request: SendRequest) => Promise<SendAnswer>;
  /** Writes lines where the person at the terminal sees them. */
  readonly write: (lines: readonly string[], notice: Notice) => Promise<void>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/**
 * Tells a notice to one channel. It may be called twice for one notice: `key` and the alerts' ids let the receiver tell.
 * Throws RetryLater for what may pass (with the pause the channel asks for), SetAside for what will not. No error and no
 * log carries a secret.
 */
export interface Notifier<Options = unknown> {
  readonly info: ComponentInfo<Options>;
  readonly secrets: readonly SecretOption[];
  notify(notice: Notice, options: Options & Secrets, io: NotifierIo): Promise<void>;
}

/** Values of the secret options that were given, by name. */
export interface Secrets {
  readonly secrets: Readonly<Record<string, string>>;
}
