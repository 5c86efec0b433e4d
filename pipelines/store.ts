import { readFileSync } from "node:fs";
import path from "node:path";
import type { Config } from "../config/schema.ts";
import { UsageError } from "../contracts/errors.ts";
import type { Store } from "../contracts/store.ts";
import type { ElasticsearchOptions } from "../stores/elasticsearch/options.ts";

export interface StoreAccess {
  /** For searching and exporting. Nothing is made or changed. */
  readonly readOnly?: boolean;
  /** For one small write beside the process that writes; a store of many processes makes no difference. */
  readonly beside?: boolean;
}

/** Opens the store that the config names; what the other one needs is not loaded. */
export async function openStore(config: Config, access: StoreAccess): Promise<Store> {
  if (config.store === "elasticsearch") {
    const { openElasticsearchStore } = await import("../stores/elasticsearch/index.ts");
    return openElasticsearchStore(elasticsearchOptions(config), access);
  }
  const { openSqliteStore } = await import("../stores/sqlite/index.ts");
  return openSqliteStore(path.join(config.data, "headwater.db"), access);
}

export function elasticsearchOptions({ elasticsearch, privacy }: Config): ElasticsearchOptions {
  const { url, api_key, ca, prefix, shards, replicas } = elasticsearch;
  return {
    urls: url.split(/,\s*/),
    apiKey: api_key,
    ca: ca === null ? null : certificate(ca),
    prefix,
    shards,
    replicas,
    shown: privacy.shown_accounts,
  };
}

function certificate(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(
      `elasticsearch.ca names ${file}, which cannot be read: ${(cause as Error).message}`,
      78,
      { cause },
    );
  }
}
