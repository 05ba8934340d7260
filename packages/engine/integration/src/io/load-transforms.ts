import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ConfigProblem } from "@trestle/config";
import type { Transform } from "@trestle/mapping";

/** The transforms of a folder, and why some could not be loaded. */
export interface LoadedTransforms {
  readonly transforms: ReadonlyMap<string, Transform>;
  readonly problems: readonly ConfigProblem[];
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
  const problems: ConfigProblem[] = [];
  for (const name of names) {
    const file = `transforms/${name}.ts`;
    try {
      const url = pathToFileURL(join(directory, file));
      url.searchParams.set("revision", revision);
      const loaded = (await import(url.href)) as Readonly<Record<string, unknown>>;
      if (isTransform(loaded["transform"])) transforms.set(name, loaded["transform"]);
      else problems.push({ file, ...start, ...noTransform });
    } catch (error) {
      problems.push({ file, ...start, ...notLoaded(error) });
    }
  }
  return { transforms, problems };
}

function isTransform(value: unknown): value is Transform {
  if (typeof value !== "object" || value === null) return false;
  const entries = Object.entries(value);
  return (
    entries.length > 0 &&
    entries.every(([key, step]) => steps.has(key) && typeof step === "function")
  );
}

/** The text is about code, not about a message: none has been read yet. */
function notLoaded(error: unknown) {
  const reason =
    error instanceof Error ? `${error.name}: ${error.message.split("\n", 1)[0]}` : "unknown";
  return {
    code: "integration.transformNotLoaded",
    text: `The transform cannot be loaded: ${reason}`,
    hint: "Node runs it as it is: types are stripped, so no enums, and imports name files with their ending.",
  };
}

const noTransform = {
  code: "integration.noTransform",
  text: "The file does not export `transform` with a function `before`, `after`, or both.",
  hint: 'Write `import type { Transform } from "@trestle/mapping"` and `export const transform: Transform = { after(bundle) { … } }`.',
};

const steps = new Set(["before", "after"]);
const start = { line: 1, column: 1 };
