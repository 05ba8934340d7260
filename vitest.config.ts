import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "house", include: ["test/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "packages",
          include: [
            "packages/!(apps)/*/test/**/*.test.ts",
            "packages/apps/{console,sample,sandbox}/test/**/*.test.ts",
          ],
          // Nothing of these lives longer than its caller, so files may share what was loaded: half
          // of the time went into loading it again for each.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: "apps", include: ["packages/apps/{cli,hub}/test/**/*.test.ts"] },
      },
      { extends: true, test: { name: "end-to-end", include: ["test/end-to-end/**/*.test.ts"] } },
    ],
  },
});
