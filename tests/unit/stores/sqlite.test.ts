import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openSqliteStore } from "../../../stores/sqlite/index.ts";
import { storeSuite } from "../../contracts/store.suite.ts";

storeSuite("SQLite in a file", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "headwater-store-"));
  const file = path.join(folder, "data", "headwater.db");
  let store = await openSqliteStore(file);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openSqliteStore(file);
      return store;
    },
    cleanup: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

storeSuite(
  "SQLite in memory",
  async () => {
    const store = await openSqliteStore(":memory:");
    return { store, cleanup: () => store.close() };
  },
  { durable: false },
);
