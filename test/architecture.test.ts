import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Architecture, violations } from "./house/architecture.ts";
import { root } from "./house/files.ts";
import { type Package, type Tree, readTree } from "./house/tree.ts";

describe("the architecture", () => {
  test("holds for every package: nothing undeclared, upward, circular or hidden", () => {
    const architecture = JSON.parse(
      readFileSync(join(root, "architecture.json"), "utf8"),
    ) as Architecture;
    expect(violations(readTree(), architecture)).toEqual([]);
  });

  test("is looked at in full: the test sees the packages and their files", () => {
    const { packages } = readTree();
    expect(packages.length).toBeGreaterThanOrEqual(15);
    expect(packages.flatMap(({ files }) => files).length).toBeGreaterThanOrEqual(50);
  });
});

describe("each rule can fail", () => {
  test("the invented tree itself is clean", () => {
    expect(violations(invented({}), rules)).toEqual([]);
  });

  test.each<{ rule: string; change: Change; says: string }>([
    {
      rule: "an undeclared package of the house",
      change: { journal: { code: 'import { b } from "@trestle/config";' } },
      says: "packages/engine/journal/src/index.ts imports @trestle/config, which packages/engine/journal/package.json does not list",
    },
    {
      rule: "an undeclared package from elsewhere",
      change: { journal: { code: 'import z from "zod";' } },
      says: "packages/engine/journal/src/index.ts imports zod, which packages/engine/journal/package.json does not list",
    },
    {
      rule: "an import from a higher floor",
      change: { config: { code: 'export * from "@trestle/journal";' } },
      says: "packages/foundation/config/src/index.ts imports @trestle/journal: journal stands on a higher floor",
    },
    {
      rule: "a manifest that lists a higher floor",
      change: { config: { dependencies: ["@trestle/journal"] } },
      says: "packages/foundation/config/package.json lists @trestle/journal: journal stands on a higher floor",
    },
    {
      rule: "an import from the same floor that nobody allowed",
      change: { base: { code: 'const x = await import("@trestle/config");' } },
      says: "packages/foundation/base/src/index.ts imports @trestle/config: config stands on the same floor, and sameFloor does not allow it",
    },
    {
      rule: "a relative path out of the package",
      change: { journal: { code: 'import { a } from "../../../foundation/base/src/index.ts";' } },
      says: "packages/engine/journal/src/index.ts leaves its package by the path ../../../foundation/base/src/index.ts",
    },
    {
      rule: "a cycle",
      change: { base: { dependencies: ["@trestle/config"] } },
      says: "base → config → base is a cycle",
    },
    {
      rule: "a dependency that is listed and not used",
      change: { journal: { dependencies: ["@trestle/base", "@trestle/config"] } },
      says: "packages/engine/journal/package.json lists @trestle/config, which no file imports",
    },
    {
      rule: "a package that may import one thing only",
      change: { console: { code: 'import { x } from "@trestle/api";' } },
      says: "packages/apps/console/src/index.ts imports @trestle/api: console may import only @trestle/api/contract",
    },
    {
      rule: "a floor that a package must never see",
      change: { sandbox: { code: 'import { x } from "@trestle/journal";' } },
      says: "packages/apps/sandbox/src/index.ts imports @trestle/journal: sandbox must never import from engine",
    },
    {
      rule: "a test's tools outside of tests",
      change: { journal: { code: 'import { t } from "@trestle/testkit";' } },
      says: "packages/engine/journal/src/index.ts imports @trestle/testkit: testkit is for tests",
    },
    {
      rule: "an import whose name is computed",
      change: { journal: { code: "await import(name);" } },
      says: "packages/engine/journal/src/index.ts imports a name that it computes, which hides what it imports",
    },
    {
      rule: "a closed folder that looks outside",
      change: { api: { path: "src/contract/index.ts", code: 'import { f } from "fastify";' } },
      says: "packages/operations/api/src/contract/index.ts imports fastify from outside of packages/operations/api/src/contract",
    },
    {
      rule: "a package that is not listed",
      change: { extra: { floor: "engine" } },
      says: "packages/engine/extra is not listed in architecture.json",
    },
    {
      rule: "a listed package that is not there",
      change: { testkit: "absent" },
      says: "packages/foundation/testkit is listed in architecture.json but has no manifest",
    },
  ])("$rule", ({ change, says }) => {
    expect(violations(invented(change), rules)).toContain(says);
  });

  test("an import in a comment, a string or a template is none", () => {
    const code = [
      '// import "@trestle/config";',
      '/* import "@trestle/config"; */',
      "const text = 'import \"@trestle/config\"';",
      'const nested = `${`import "@trestle/config"`} ${{ a: 1 }} import "@trestle/config"`;',
      "const quote = /[\"'`]/u;",
    ].join("\n");
    expect(violations(invented({ base: { code } }), rules)).toEqual([]);
  });
});

interface Invented {
  readonly floor?: string;
  readonly path?: string;
  readonly code?: string;
  readonly dependencies?: readonly string[];
}
type Change = Readonly<Record<string, Invented | "absent">>;

function invented(change: Change): Tree {
  const names = new Set([...Object.keys(clean), ...Object.keys(change)]);
  return {
    shared: ["vitest"],
    packages: [...names].flatMap((name) => {
      const changed = change[name] ?? {};
      return changed === "absent" ? [] : [inventedPackage(name, { ...clean[name], ...changed })];
    }),
  };
}

function inventedPackage(name: string, parts: Invented): Package {
  const folder = `packages/${parts.floor ?? ""}/${name}`;
  const used = (clean[name]?.dependencies ?? []).map((each) => `import "${each}";`).join("\n");
  return {
    name,
    folder,
    floor: parts.floor ?? "",
    dependencies: parts.dependencies ?? [],
    devDependencies: [],
    files: [
      { path: `${folder}/src/used.ts`, text: clean[name]?.code ?? used },
      { path: `${folder}/${parts.path ?? "src/index.ts"}`, text: parts.code ?? "" },
      { path: `${folder}/test/some.test.ts`, text: 'import { t } from "@trestle/testkit";' },
    ].filter(({ path }) => name !== "testkit" && (name !== "base" || !path.includes("/test/"))),
  };
}

const clean: Readonly<Record<string, Invented>> = {
  base: { floor: "foundation" },
  config: { floor: "foundation", dependencies: ["@trestle/base"] },
  testkit: { floor: "foundation" },
  journal: { floor: "engine", dependencies: ["@trestle/base"] },
  api: { floor: "operations", dependencies: ["@trestle/journal"] },
  console: {
    floor: "apps",
    dependencies: ["@trestle/api"],
    code: 'import { routes } from "@trestle/api/contract";',
  },
  sandbox: { floor: "apps", dependencies: ["@trestle/base"] },
};

const rules: Architecture = {
  floors: [
    { name: "foundation", packages: ["base", "config", "testkit"] },
    { name: "engine", packages: ["journal"] },
    { name: "operations", packages: ["api"] },
    { name: "apps", packages: ["console", "sandbox"] },
  ],
  sameFloor: { config: ["base", "testkit"] },
  only: { console: { imports: ["@trestle/api/contract"] } },
  never: { sandbox: { floors: ["engine", "operations"] } },
  testsOnly: ["testkit"],
  bundled: ["console"],
  closedFolders: { "packages/operations/api/src/contract": { imports: ["zod"] } },
  bringsIn: {},
};
