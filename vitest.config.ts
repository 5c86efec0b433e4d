import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Property tests and child processes on a busy two-core machine; nothing here measures time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
