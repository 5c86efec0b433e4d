import type { ShownAccounts } from "../../text/pseudonyms.ts";

/** Where the Elasticsearch is, and how its indexes are named and laid out. */
export interface ElasticsearchOptions {
  /** One node or several; requests go round. */
  readonly urls: readonly string[];
  /** Encoded API key; null for a server that asks for none. */
  readonly apiKey: string | null;
  /** PEM of the authority that signed the server's certificate, when it is not a public one. */
  readonly ca: string | null;
  /** What all index names begin with. */
  readonly prefix: string;
  /** Of an index whose size grows with the posts; the others have one. */
  readonly shards: number;
  /** Null: one as soon as there is a second node. */
  readonly replicas: number | null;
  /** Accounts that readers of the indexes see by name, beside actors and web sites. */
  readonly shown: ShownAccounts;
}

export interface OpenOptions {
  /** For searching and exporting: nothing is made or changed. */
  readonly readOnly?: boolean;
}
