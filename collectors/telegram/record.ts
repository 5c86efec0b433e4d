/** What a preview page says of its channel. */
export interface ChannelInfo {
  /** As Telegram spells it. */
  readonly handle: string;
  readonly name: string | null;
  /** As written: "10.7M", "1 234". */
  readonly subscribers: string | null;
}

/** One message as `collect` yields it: its part of the page. */
export interface MessageRecord {
  readonly channel: ChannelInfo;
  /** SHA-256 of the page. */
  readonly sha256: string;
  readonly html: string;
}
