import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Minutes long, with a config of its own: vitest.faults.config.ts.
    exclude: ["tests/faults/**", "node_modules/**"],
    // The first is torn down last. Real servers, each started when the first test file asks for it.
    globalSetup: ["tests/support/temporary.ts", "tests/servers/setup.ts"],
    // Property tests and child processes on a busy two-core machine; nothing here measures time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
