import { configDefaults, defineConfig } from "vitest/config";

/** Tests that hold a limit of processor time; what other files left in the same process would count. */
const measured = [
  "packages/engine/mapping/test/{long-messages,unmapped-fields}.test.ts",
  "packages/protocols/hl7v2/test/limits.test.ts",
  "packages/protocols/smart/test/scopes/algebra.test.ts",
];

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
          include: ["packages/!(apps)/*/test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...measured],
          // Nothing of these lives longer than its caller, so files may share what was loaded: half
          // of the time went into loading it again for each.
          isolate: false,
        },
      },
      { extends: true, test: { name: "measured", include: measured } },
      { extends: true, test: { name: "apps", include: ["packages/apps/*/test/**/*.test.ts"] } },
      { extends: true, test: { name: "end-to-end", include: ["test/end-to-end/**/*.test.ts"] } },
    ],
  },
});
