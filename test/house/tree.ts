import { type SourceFile, filesBelow } from "./files.ts";

/** A package as its folder shows it. */
export interface Package {
  /** Without the scope: `journal`. */
  readonly name: string;
  readonly floor: string;
  /** `packages/engine/journal`. */
  readonly folder: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  readonly files: readonly SourceFile[];
}

/** What the rules of the architecture look at. */
export interface Tree {
  readonly packages: readonly Package[];
  /** What every package's tests may import: the repository's own development dependencies. */
  readonly shared: readonly string[];
}

/** Reads the repository. */
export function readTree(): Tree {
  const manifests = filesBelow("packages", ["/package.json"]);
  return {
    packages: manifests.map(readPackage),
    shared: filesBelow("", ["package.json"])
      .filter(({ path }) => path === "package.json")
      .flatMap(({ text }) => namesIn(text, "devDependencies")),
  };
}

function readPackage(manifest: SourceFile): Package {
  const folder = manifest.path.replace(/\/package\.json$/u, "");
  const [, floor = "", name = ""] = folder.split("/");
  return {
    name,
    floor,
    folder,
    dependencies: namesIn(manifest.text, "dependencies"),
    devDependencies: namesIn(manifest.text, "devDependencies"),
    files: filesBelow(folder, [".ts", ".tsx"]),
  };
}

function namesIn(manifest: string, field: string): readonly string[] {
  const read = JSON.parse(manifest) as Readonly<Record<string, unknown>>;
  return Object.keys(read[field] ?? {});
}
