import type { Kind, Kinds, Store } from "../../contracts/store.ts";
import { alertTables } from "./alerts.ts";
import { type Access, openDatabase } from "./database.ts";
import { explained } from "./failures.ts";
import { searches } from "./find.ts";
import { findingTable } from "./findings.ts";
import { laterTables } from "./later.ts";
import { linkTable } from "./links.ts";
import { postNumbers, versionNumbers } from "./numbers.ts";
import { postTable } from "./posts.ts";
import { readings } from "./readings.ts";
import { recordTables } from "./records.ts";
import { removal } from "./removal.ts";
import { traceTables } from "./traces.ts";

export interface SqliteOptions {
  /** For searching and exporting beside the process that writes. Nothing is made or changed. */
  readonly readOnly?: boolean;
  /** For one small write beside it: a person's decision. Each is one transaction; the tables must be up to date. */
  readonly beside?: boolean;
}

/**
 * Opens the embedded store in one file, `:memory:` for none, and makes its folder. One process may write in a
 * folder at a time, any number may read beside it. Throws UsageError when another writes (75), when there is nothing
 * to read (66) or the folder cannot be made (73); StopAll when the file is damaged or the disk is full, as do all
 * methods.
 */
export async function openSqliteStore(path: string, options: SqliteOptions = {}): Promise<Store> {
  const guard = <A extends readonly unknown[], R>(work: (...args: A) => R) => {
    return async (...args: A): Promise<R> => {
      try {
        return work(...args);
      } catch (error) {
        throw explained(error, path);
      }
    };
  };
  const access = options.readOnly ? "read" : options.beside ? "beside" : "write";
  return guard(() => assemble(path, access, guard))();
}

type Guard = <A extends readonly unknown[], R>(work: (...args: A) => R) => (...args: A) => Promise<R>;

function assemble(path: string, access: Access, guard: Guard): Store {
  const database = openDatabase(path, access);
  const { transaction } = database;
  const { keyOf, findKey, forget, remember } = postNumbers(database);
  const { compare, isMarkedSince, revised } = readings(database, findKey);
  const posts = postTable(database, findKey, remember, revised);
  const versions = versionNumbers(database);
  const findings = findingTable(database, keyOf);
  const links = linkTable(database, keyOf, findKey);
  const traces = traceTables(database, { keyOf, findKey }, isMarkedSince);
  const later = laterTables(database, findKey, traces.mark);
  const records = recordTables(database);
  const alerts = alertTables(database);
  const removed = removal(database, {
    findKey,
    forget: (id) => {
      forget(id);
      revised(id);
    },
    mark: traces.mark,
  });
  const search = searches(database);

  async function* guarded<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
    try {
      yield* items;
    } catch (error) {
      throw explained(error, path);
    }
  }

  return {
    ...(path === ":memory:" ? {} : { file: path }),
    savePosts: guard(posts.savePosts),
    getPosts: guard(posts.getPosts),
    versionsOf: guard(posts.versionsOf),
    saveVisits: guard((visits) => transaction(() => later.saveVisits(visits))),
    visitsOf: guard(later.visitsOf),
    planVisits: guard((plans) => transaction(() => later.planVisits(plans))),
    saveAnalysis: guard((analysis) =>
      transaction(() => {
        const { changed, again } = compare(analysis);
        if (changed.length > 0) return changed;
        const versionOf = versions();
        findings.save(analysis.findings, versionOf);
        links.withdraw(analysis.withdrawn);
        links.save(analysis.links, versionOf);
        traces.mark([...new Set([...analysis.retrace, ...again])].filter((id) => findKey(id) !== undefined));
        return [];
      }),
    ),
    waiting: guard((step, limit, version) =>
      step === "analyze" ? findings.waiting(limit, version) : traces.waiting(limit),
    ),
    linksOf: guard(links.of),
    saveTraces: guard((update) => transaction(() => traces.save(update))),
    getStories: guard((names) => names.flatMap((name) => traces.get(name)?.story ?? [])),
    getTrace: guard(traces.get),
    keys: (since) => guarded(findings.keys(since)),
    sharing: guard(findings.sharing),
    judge: guard((link, verdict, by, at) =>
      transaction(() => {
        const judged = links.judge(link, verdict, by, at);
        if (judged) traces.mark([link.child, link.parent]);
        return judged;
      }),
    ),
    refresh: async () => {},
    find: <K extends Kind>(
      kind: K,
      query: Parameters<Store["find"]>[1],
      found?: Parameters<Store["find"]>[2],
    ) => guarded<Kinds[K]>(search.find(kind, query, found)),
    count: guard(search.count),
    countBy: guard(search.countBy),
    saveAlerts: guard((update) => transaction(() => alerts.save(update))),
    getAlerts: guard(alerts.get),
    judgeAlert: guard((id, judgement) => transaction(() => alerts.judge(id, judgement))),
    saveDeliveries: guard((deliveries) => transaction(() => alerts.saveDeliveries(deliveries))),
    getDeliveries: guard(alerts.getDeliveries),
    saveRun: guard(records.saveRun),
    setAside: guard((items) => transaction(() => records.setAside(items))),
    saveCaptures: guard((captures) => transaction(() => records.saveCaptures(captures))),
    collectedBefore: (at) => guarded(removed.collectedBefore(at)),
    bearings: () => guarded(removed.bearings()),
    removePosts: guard((ids) => transaction(() => removed.removePosts(ids))),
    removeRecords: guard((kind, ids) => transaction(() => removed.removeRecords(kind, ids))),
    cursors: { read: guard(records.readCursor), write: guard(records.writeCursor) },
    close: guard(database.close),
  };
}
