import { afterAll, afterEach, beforeAll, beforeEach, describe } from "vitest";
import { alertPromises } from "./store.alerts.ts";
import { analysisPromises } from "./store.analysis.ts";
import { durablePromises } from "./store.durable.ts";
import { laterPromises } from "./store.later.ts";
import { linkPromises } from "./store.links.ts";
import { pagingPromises } from "./store.paging.ts";
import { postPromises } from "./store.posts.ts";
import { recordPromises } from "./store.records.ts";
import { removalPromises } from "./store.removal.ts";
import type { OpenStore, StoreFixture } from "./store.samples.ts";
import { searchPromises } from "./store.search.ts";
import { tracePromises } from "./store.traces.ts";

export type { OpenStore, StoreFixture } from "./store.samples.ts";

/** The fixture of the running test, with what is optional filled in. */
export type Current = () => Required<StoreFixture>;

export interface StoreSuiteOptions {
  /** False for a store whose data ends when it is closed. */
  readonly durable?: boolean;
}

/** What contracts/store.ts promises. Each implementation runs it unchanged, on an empty store for each test that writes. */
export function storeSuite(name: string, open: OpenStore, { durable = true }: StoreSuiteOptions = {}): void {
  describe(`${name} as a store`, () => {
    let fixture: StoreFixture;
    const begin = async () => {
      fixture = await open();
    };
    const end = () => fixture.cleanup();
    const current: Current = () => ({
      settle: async () => {},
      reopen: async () => fixture.store,
      ...fixture,
    });

    describe("that is only read", () => {
      beforeAll(begin);
      afterAll(end);
      searchPromises(current);
    });

    describe("that is written", () => {
      beforeEach(begin);
      afterEach(end);
      postPromises(current);
      laterPromises(current);
      pagingPromises(current);
      analysisPromises(current);
      linkPromises(current);
      tracePromises(current);
      recordPromises(current);
      alertPromises(current);
      removalPromises(current);
      if (durable) durablePromises(current);
    });
  });
}
