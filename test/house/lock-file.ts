/** `package-lock.json`, as far as it is read here. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly license?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly engines?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package for another platform that the lock file does not mention. */
export interface Missing {
  readonly name: string;
  readonly version: string;
  /** The package that offers it. */
  readonly owner: LockedPackage;
}

/** Optional dependencies without an entry: with one of them `npm ci` refuses the whole file. */
export function missingEntries({ packages }: LockFile): readonly Missing[] {
  return Object.entries(packages).flatMap(([place, owner]) =>
    Object.entries(owner.optionalDependencies ?? {})
      .filter(([name]) => !(`${place}/node_modules/${name}` in packages))
      .filter(([name]) => !(`node_modules/${name}` in packages))
      .map(([name, version]) => ({ name, version, owner })),
  );
}

/**
 * The lock file with an entry for each optional dependency, sorted as npm sorts it.
 *
 * npm leaves out what it could not load. The names of such packages say for which platform they
 * are, so that npm passes over them elsewhere.
 *
 * @throws {Error} for a package whose name does not tell its platform.
 */
export function completed(lock: LockFile): LockFile {
  const added = missingEntries(lock).map((missing): [string, LockedPackage] => [
    `node_modules/${missing.name}`,
    entryOf(missing),
  ]);
  const entries = [...Object.entries(lock.packages), ...added];
  const sorted = entries.toSorted(([one], [other]) => one.localeCompare(other, "en"));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

function entryOf({ name, version, owner }: Missing): LockedPackage {
  const parts = name.split(/[/-]/u);
  const os = parts.filter((part) => systems.has(part));
  const cpu = parts.filter((part) => processors.has(part));
  const libc = parts.flatMap((part) => libraries[part] ?? []);
  if (os.length === 0 || cpu.length === 0) throw new Error(`for which platform is ${name}?`);
  return {
    version,
    cpu,
    ...(owner.dev === true ? { dev: true } : {}),
    ...(libc.length === 0 ? {} : { libc }),
    ...(owner.license === undefined ? {} : { license: owner.license }),
    optional: true,
    os,
    ...(owner.engines === undefined ? {} : { engines: owner.engines }),
  };
}

const systems = new Set(["android", "darwin", "freebsd", "linux", "openharmony", "win32"]);
const processors = new Set(["arm", "arm64", "ia32", "ppc64", "riscv64", "s390x", "x64"]);
const libraries: Readonly<Record<string, string>> = { gnu: "glibc", musl: "musl" };
