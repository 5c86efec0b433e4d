import { defineConfig } from "vitest/config";

// Minutes long, with servers of its own that it kills: beside the other tests, not among them.
export default defineConfig({
  test: {
    include: ["tests/faults/*.test.ts"],
    globalSetup: ["tests/support/temporary.ts"],
    hookTimeout: 300_000,
  },
});
