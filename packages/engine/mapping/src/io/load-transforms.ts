import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Transform } from "../transforms/transform.ts";

/** The transforms of an integration folder, and why some could not be loaded. */
export interface LoadedTransforms {
  readonly transforms: ReadonlyMap<string, Transform>;
  readonly failures: readonly TransformFailure[];
}

/** Why `transforms/NAME.ts` is no transform; about its code, for no message has been read yet. */
export interface TransformFailure {
  readonly name: string;
  /** Absent where it loaded, and exports none. */
  readonly reason?: string;
}

/**
 * Loads files under transforms/, each once for a revision: a changed file under a new revision is
 * another module. Each exports `transform`.
 */
export async function loadTransforms(
  names: Iterable<string>,
  { directory, revision }: { readonly directory: string; readonly revision: string },
): Promise<LoadedTransforms> {
  const transforms = new Map<string, Transform>();
  const failures: TransformFailure[] = [];
  for (const name of names) {
    try {
      const url = pathToFileURL(join(directory, "transforms", `${name}.ts`));
      url.searchParams.set("revision", revision);
      const { transform } = (await import(url.href)) as Readonly<Record<string, unknown>>;
      if (isTransform(transform)) transforms.set(name, transform);
      else failures.push({ name });
    } catch (error) {
      failures.push({ name, reason: reasonOf(error) });
    }
  }
  return { transforms, failures };
}

function isTransform(value: unknown): value is Transform {
  if (typeof value !== "object" || value === null) return false;
  const entries = Object.entries(value);
  const areSteps = entries.every(([key, step]) => steps.has(key) && typeof step === "function");
  return entries.length > 0 && areSteps;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return `${error.name}: ${error.message.split("\n", 1)[0] ?? ""}`;
}

const steps = new Set(["before", "after"]);
