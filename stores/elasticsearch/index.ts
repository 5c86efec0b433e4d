import type { Store } from "../../contracts/store.ts";
import { alertDocuments } from "./alerts.ts";
import { analysisDocuments } from "./analysis.ts";
import { type Connection, connect } from "./connection.ts";
import { searches } from "./find.ts";
import { history } from "./history.ts";
import { laterDocuments } from "./later.ts";
import { ledger } from "./ledger.ts";
import { linkDocuments } from "./links.ts";
import { aliasOf } from "./names.ts";
import type { ElasticsearchOptions, OpenOptions } from "./options.ts";
import { plainDocuments } from "./plain.ts";
import { postDocuments } from "./posts.ts";
import { removal } from "./removal.ts";
import { checkLayout, layoutOf, setup } from "./setup.ts";
import { traceDocuments } from "./traces.ts";

export type { ElasticsearchOptions } from "./options.ts";

/**
 * Opens the store of a team: any number of processes may read and write at once. What was written is read by id at
 * once, and is found by a search about a second later. Indexes are made when there are none. Throws UsageError when
 * there is nothing to read (66) or the indexes are of an older layout, StopAll when the server refuses us, RetryLater
 * when it stays away, as do all methods.
 */
export async function openElasticsearchStore(
  options: ElasticsearchOptions,
  { readOnly = false }: OpenOptions = {},
): Promise<Store> {
  const connection = await connect(options, { readOnly });
  try {
    if (!readOnly && (await layoutOf(connection)) === null) await setup(connection);
    await checkLayout(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return assemble(connection);
}

function assemble(connection: Connection): Store {
  const { prefix } = connection.options;
  const plain = plainDocuments(connection);
  const entries = ledger(connection);
  const posts = postDocuments(entries, prefix, plain.setAside);
  const links = linkDocuments(connection);
  const analysis = analysisDocuments(connection, entries, links, plain.setAside);
  const later = laterDocuments(entries);
  const traces = traceDocuments(connection, entries);
  const alerts = alertDocuments(connection);
  const removed = removal(connection, entries, links);
  const older = history(connection);
  const search = searches(connection);
  return {
    savePosts: posts.savePosts,
    getPosts: posts.getPosts,
    versionsOf: later.versionsOf,
    saveVisits: later.saveVisits,
    visitsOf: later.visitsOf,
    planVisits: later.planVisits,
    saveAnalysis: analysis.save,
    waiting: entries.waiting,
    linksOf: links.of,
    saveTraces: traces.save,
    getStories: traces.stories,
    getTrace: traces.get,
    keys: analysis.keys,
    sharing: older.sharing,
    judge: async (link, verdict, by, at) => {
      const judged = await links.judge(link, verdict, by, at);
      if (judged) await entries.markForTrace([link.child, link.parent]);
      return judged;
    },
    refresh: (kind) => connection.refresh(aliasOf(prefix, kind)),
    find: search.find,
    count: search.count,
    countBy: search.countBy,
    saveAlerts: alerts.save,
    getAlerts: alerts.get,
    judgeAlert: alerts.judge,
    saveDeliveries: alerts.saveDeliveries,
    getDeliveries: alerts.getDeliveries,
    saveRun: plain.saveRun,
    setAside: plain.setAside,
    saveCaptures: plain.saveCaptures,
    collectedBefore: removed.collectedBefore,
    bearings: removed.bearings,
    removePosts: removed.removePosts,
    removeRecords: removed.removeRecords,
    cursors: plain.cursors,
    close: connection.close,
  };
}
