import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { errorsPage } from "./errors-page.ts";
import { filesBelow, root } from "./files.ts";

/** A page under `docs/reference/` that is made from the code. */
export interface ReferencePage {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** Every generated page, as the code says it should read now. */
export async function referencePages(): Promise<readonly ReferencePage[]> {
  const errorFiles = filesBelow("packages", ["errors.ts"]).map(({ path }) => path);
  await Promise.all(errorFiles.filter((path) => path.includes("/src/")).map(load));
  const { declaredErrors } = await load<ErrorsModule>("packages/foundation/base/src/index.ts");
  return [{ path: "docs/reference/errors.md", text: errorsPage(declaredErrors()) }];
}

/** By path: the house stands outside of the packages, so their manifests do not apply to it. */
async function load<Module>(path: string): Promise<Module> {
  return (await import(pathToFileURL(join(root, path)).href)) as Module;
}

interface ErrorsModule {
  declaredErrors(): Parameters<typeof errorsPage>[0];
}
