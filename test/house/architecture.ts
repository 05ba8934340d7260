import { posix } from "node:path";
import { scan } from "./scan.ts";
import type { Package, Tree } from "./tree.ts";

/** `architecture.json`: which package stands on which floor, and what it may import. */
export interface Architecture {
  /** Lowest first. */
  readonly floors: readonly { readonly name: string; readonly packages: readonly string[] }[];
  readonly sameFloor: Readonly<Record<string, readonly string[]>>;
  /** Packages that may import nothing of the house but these specifiers. */
  readonly only: Readonly<Record<string, { readonly imports: readonly string[] }>>;
  /** Packages that may never import from these floors. */
  readonly never: Readonly<Record<string, { readonly floors: readonly string[] }>>;
  /** Packages that only tests import. */
  readonly testsOnly: readonly string[];
  /** Packages whose development dependencies are built into them. */
  readonly bundled: readonly string[];
  /** Folders whose files import each other and these names, nothing else. */
  readonly closedFolders: Readonly<Record<string, { readonly imports: readonly string[] }>>;
  /** Files that import what people bring, whose name nobody can know before. */
  readonly bringsIn: Readonly<Record<string, { readonly because: string }>>;
}

/** One import of one file. */
interface Use {
  readonly from: Package;
  readonly path: string;
  readonly specifier: string;
  readonly isTest: boolean;
}

/**
 * Everything in the tree that the architecture does not allow, one sentence each.
 *
 * Looks at manifests and at imports alike: a forbidden dependency is reported before its first use.
 */
export function violations(tree: Tree, architecture: Architecture): readonly string[] {
  const uses = tree.packages.flatMap(usesOf);
  return [
    ...misplaced(tree, architecture),
    ...uses.flatMap((use) => forbiddenUse(use, tree, architecture)),
    ...tree.packages.flatMap((from) => forbiddenDependencies(from, architecture)),
    ...tree.packages.flatMap((from) => unusedDependencies(from, uses)),
    ...hiddenImports(tree, architecture),
    ...cycles(tree),
  ];
}

function usesOf(from: Package): readonly Use[] {
  return from.files.flatMap(({ path, text }) =>
    scan(text).imports.map(({ specifier }) => ({
      from,
      path,
      specifier,
      isTest: isForTests(path.slice(from.folder.length + 1)),
    })),
  );
}

/** Tests, benchmarks and settings of tools; and the suites that a package exports to tests. */
function isForTests(pathInPackage: string): boolean {
  return !pathInPackage.startsWith("src/") || pathInPackage.startsWith("src/conformance");
}

function misplaced(tree: Tree, { floors }: Architecture): readonly string[] {
  const listed = floors.flatMap((floor) =>
    floor.packages.map((name) => `packages/${floor.name}/${name}`),
  );
  const found = tree.packages.map(({ folder }) => folder);
  return [
    ...found
      .filter((folder) => !listed.includes(folder))
      .map((folder) => `${folder} is not listed in architecture.json`),
    ...listed
      .filter((folder) => !found.includes(folder))
      .map((folder) => `${folder} is listed in architecture.json but has no manifest`),
  ];
}

function forbiddenUse(use: Use, tree: Tree, architecture: Architecture): readonly string[] {
  const { from, path, specifier } = use;
  const closed = closedFolderProblem(use, architecture);
  if (closed !== undefined) return [closed];
  if (specifier.startsWith(".")) {
    const target = posix.normalize(posix.join(posix.dirname(path), specifier));
    const isInside = target.startsWith(`${from.folder}/`);
    return isInside ? [] : [`${path} leaves its package by the path ${specifier}`];
  }
  if (isBuiltIn(specifier)) return [];
  const name = packageNameOf(specifier);
  if (name === houseName(from.name)) return [];
  const reason = isHouse(name) ? houseProblem(use, architecture) : undefined;
  if (reason !== undefined) return [`${path} imports ${specifier}: ${reason}`];
  return mayUse(use, name, { tree, architecture })
    ? []
    : [`${path} imports ${specifier}, which ${from.folder}/package.json does not list`];
}

function closedFolderProblem({ path, specifier }: Use, architecture: Architecture) {
  for (const [folder, { imports }] of Object.entries(architecture.closedFolders)) {
    if (!path.startsWith(`${folder}/`)) continue;
    const target = posix.normalize(posix.join(posix.dirname(path), specifier));
    const isInside = specifier.startsWith(".") && target.startsWith(`${folder}/`);
    if (!isInside && !imports.includes(specifier))
      return `${path} imports ${specifier} from outside of ${folder}`;
  }
  return undefined;
}

/** Why a package may not import another of the house; undefined where it may. */
function houseProblem(use: Use, architecture: Architecture): string | undefined {
  const { from, specifier, isTest } = use;
  const to = shortName(packageNameOf(specifier));
  const only = architecture.only[from.name];
  if (only !== undefined && !isTest && !only.imports.includes(specifier)) {
    return `${from.name} may import only ${only.imports.join(", ")}`;
  }
  if (architecture.testsOnly.includes(to) && !isTest) return `${to} is for tests`;
  return floorProblem(from.name, to, architecture);
}

function floorProblem(from: string, to: string, architecture: Architecture): string | undefined {
  const { floors, never, sameFloor } = architecture;
  const floorOf = (name: string) => floors.findIndex(({ packages }) => packages.includes(name));
  const target = floors[floorOf(to)];
  if (target === undefined) return `${to} is not listed in architecture.json`;
  if (never[from]?.floors.includes(target.name) === true) {
    return `${from} must never import from ${target.name}`;
  }
  if (floorOf(to) > floorOf(from)) return `${to} stands on a higher floor`;
  const isAllowed = floorOf(to) < floorOf(from) || sameFloor[from]?.includes(to) === true;
  return isAllowed ? undefined : `${to} stands on the same floor, and sameFloor does not allow it`;
}

function mayUse(
  { from, isTest }: Use,
  name: string,
  { tree, architecture }: { tree: Tree; architecture: Architecture },
): boolean {
  if (from.dependencies.includes(name) || from.dependencies.includes(`@types/${name}`)) return true;
  if (from.devDependencies.includes(name))
    return isTest || architecture.bundled.includes(from.name);
  return isTest && (tree.shared.includes(name) || architecture.testsOnly.includes(shortName(name)));
}

/** A manifest is held to the floors too, so that a wrong dependency shows before its first use. */
function forbiddenDependencies(from: Package, architecture: Architecture): readonly string[] {
  return from.dependencies.filter(isHouse).flatMap((name) => {
    const reason = floorProblem(from.name, shortName(name), architecture);
    return reason === undefined ? [] : [`${from.folder}/package.json lists ${name}: ${reason}`];
  });
}

function unusedDependencies(from: Package, uses: readonly Use[]): readonly string[] {
  const used = new Set(
    uses.filter((use) => use.from === from).map(({ specifier }) => packageNameOf(specifier)),
  );
  return from.dependencies
    .filter((name) => isHouse(name) && !used.has(name))
    .map((name) => `${from.folder}/package.json lists ${name}, which no file imports`);
}

function hiddenImports(tree: Tree, { bringsIn }: Architecture): readonly string[] {
  return tree.packages
    .flatMap(({ folder, files }) => files.filter(({ path }) => path.startsWith(`${folder}/src/`)))
    .filter(({ path, text }) => !(path in bringsIn) && scan(text).hidden > 0)
    .map(({ path }) => `${path} imports a name that it computes, which hides what it imports`);
}

/** Cycles among packages, by their manifests. */
function cycles(tree: Tree): readonly string[] {
  const found = new Set<string>();
  const walk = (name: string, trail: readonly string[]) => {
    const seenAt = trail.indexOf(name);
    if (seenAt !== -1) {
      const circle = trail.slice(seenAt);
      const first = circle.toSorted()[0] ?? name;
      const turned = [
        ...circle.slice(circle.indexOf(first)),
        ...circle.slice(0, circle.indexOf(first)),
      ];
      found.add(`${[...turned, first].join(" → ")} is a cycle`);
      return;
    }
    const dependencies = tree.packages.find((each) => each.name === name)?.dependencies ?? [];
    for (const next of dependencies.filter(isHouse)) walk(shortName(next), [...trail, name]);
  };
  for (const { name } of tree.packages) walk(name, []);
  return [...found];
}

function isBuiltIn(specifier: string): boolean {
  return specifier.startsWith("node:");
}

function isHouse(name: string): boolean {
  return name.startsWith(scope);
}

function houseName(short: string): string {
  return `${scope}${short}`;
}

function shortName(name: string): string {
  return name.slice(scope.length);
}

/** `@scope/name` of `@scope/name/deep/path`, `name` of `name/deep`. */
function packageNameOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

const scope = "@trestle/";
