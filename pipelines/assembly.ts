import { createHash } from "node:crypto";
import { actorIndex } from "../analyzers/actors/index.ts";
import { language } from "../analyzers/language/index.ts";
import { LINKS_VERSION } from "../analyzers/links/index.ts";
import { TRACE_VERSION } from "../analyzers/trace/index.ts";
import { WATCHES_VERSION, watchIndex } from "../analyzers/watches/index.ts";
import { collectors } from "../collectors/index.ts";
import type { Config, SourceConfig } from "../config/schema.ts";
import type { Collector } from "../contracts/collector.ts";
import { UsageError } from "../contracts/errors.ts";
import type { KeyIndex } from "../contracts/keys.ts";
import type { Log } from "../contracts/log.ts";
import type { Store } from "../contracts/store.ts";
import { createBrowser, createEngine } from "../http/browse.ts";
import { createFetcher } from "../http/index.ts";
import { createListener } from "../http/listen.ts";
import { createSender, type Sender } from "../http/send.ts";
import { createMemoryKeys } from "../keys/memory.ts";
import { createMemoryQueue } from "../queues/memory.ts";
import { channelMap } from "./alerts/channels.ts";
import { rulesOf } from "./alerts/parts.ts";
import { checkConfig } from "./check.ts";
import { evidenceOf } from "./evidence.ts";
import { optionsOf, type Parts, type Source } from "./parts.ts";
import { restoreKeys } from "./restore-keys.ts";
import { scheduleOf } from "./schedules.ts";
import { withSecretsApart } from "./secrets.ts";
import { openShared, type Shared } from "./shared.ts";
import { openStore } from "./store.ts";

export { checkConfig };

export interface AssembleDeps {
  readonly log: Log;
  readonly now?: () => Date;
  /** For searching and exporting beside a running Headwater. */
  readonly readOnly?: boolean;
  /** Used instead of the config's sources: what `import` was given. */
  readonly sources?: readonly SourceConfig[];
  /** Used instead of the one in the data folder; closed with the parts. */
  readonly store?: Store;
  /** Where the console channel writes; the log when left out. */
  readonly write?: Parts["write"];
  /** Where channels' secrets come from; the process's own environment when left out. */
  readonly env?: Parts["env"];
}

export interface Assembled extends Parts {
  /** What this process shares with others; null where it works alone. */
  readonly shared: Shared | null;
  close(): Promise<void>;
}

/** Builds the parts from a config. All problems of the config are told at once. */
export async function assemble(config: Config, deps: AssembleDeps): Promise<Assembled> {
  const wanted = deps.sources === undefined ? config : { ...config, sources: [...deps.sources] };
  const problems = checkConfig(wanted, config.sources);
  if (problems.length > 0) {
    throw new UsageError(problems.map(({ path: at, sentence }) => `${at}: ${sentence}`).join("\n"), 78);
  }
  const now = deps.now ?? (() => new Date());
  const store = deps.store ?? (await openStore(config, { readOnly: deps.readOnly ?? false }));
  const shared = config.queue === "bullmq" ? await openShared(config, { store, now, log: deps.log }) : null;
  const keys = lazily<KeyIndex>(async () => shared?.keys ?? restored(store, deps.log));
  const queue = shared?.queue ?? createMemoryQueue({ log: deps.log });
  const evidence = deps.readOnly ? null : evidenceOf(config, { store, log: deps.log, now });
  const http = createFetcher(config.http, {
    now,
    log: deps.log,
    ...(shared === null ? {} : { slots: shared.slots }),
    ...(evidence === null ? {} : { record: evidence.record }),
  });
  const chromium = createEngine(config.reports.chromium);
  let made: Sender | null = null;
  const sender = () => {
    made ??= createSender(config.http);
    return made;
  };
  return {
    config,
    store,
    queue,
    shared,
    keys: keys.get,
    // What is not restored yet is restored without them.
    forgetKeys: async (posts) => (shared?.keys ?? (await keys.made()))?.forget(posts),
    fetch: http.fetch,
    listen: createListener(config.http, {
      now,
      ...(evidence === null ? {} : { record: evidence.recordMessage }),
    }),
    browse: createBrowser(http, { chromium, http: config.http }),
    sources: sourcesOf(wanted),
    actors: new Map(config.actors.map((actor) => [actor.id, actor])),
    actorOf: actorIndex(config.actors),
    watchesOf: watchIndex(config.watches),
    rules: rulesOf(config.alerts),
    channels: channelMap(config.alerts),
    send: (request, signal) => sender().send(request, signal),
    write: deps.write ?? (async (lines) => lines.forEach((line) => void deps.log.info(line))),
    env: deps.env ?? process.env,
    copies: config.copies,
    version: versionOf(config),
    log: deps.log,
    now,
    close: async () => {
      await queue.close();
      await chromium.close();
      await http.close();
      await evidence?.close();
      await made?.close();
      await shared?.close();
      await store.close();
    },
  };
}

function sourcesOf(config: Config): ReadonlyMap<string, Source> {
  return new Map(
    config.sources
      .filter(({ enabled }) => enabled)
      .map((source) => {
        const { name } = source;
        const collector = collectors[source.collector] as Collector;
        const { options, secrets } = withSecretsApart(optionsOf(source), collector.secrets ?? []);
        const checked = collector.info.options.parse(options);
        return [name, { name, collector, options: checked, secrets, schedule: scheduleOf(source, config) }];
      }),
  );
}

/** The analyzers' versions and a hash of all that their findings depend on beside the posts. */
function versionOf(config: Config): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([config.copies, config.actors, config.watches]))
    .digest("hex")
    .slice(0, 8);
  return `language ${language.version}, links ${LINKS_VERSION}, trace ${TRACE_VERSION}, watches ${WATCHES_VERSION}, config ${hash}`;
}

async function restored(store: Store, log: Log): Promise<KeyIndex> {
  const keys = createMemoryKeys();
  await restoreKeys(store, log, (entries) => keys.restore(entries));
  return keys;
}

function lazily<T>(make: () => Promise<T>): {
  get(): Promise<T>;
  made(): Promise<T | null>;
} {
  let made: Promise<T> | null = null;
  return {
    get: () => {
      made ??= make();
      return made;
    },
    made: async () => made,
  };
}
