import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ConfigProblem, printProblems } from "@trestle/config";
import { temporaryFolder } from "@trestle/testkit";
import { type Integration, loadIntegration } from "../src/index.ts";

/** A folder that goes away by `remove`. */
export type Folder = ReturnType<typeof temporaryFolder>;

/** Contents by path; null takes a file of the small folder away. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** A folder that loads without problems, with these files changed. */
export function smallFolder(changes: Files = {}): Folder {
  const folder = temporaryFolder();
  writeFiles(folder.path, { ...small, ...changes });
  return folder;
}

export function writeFiles(directory: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(directory, path);
    if (content === null) rmSync(file, { force: true });
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
}

export async function integrationIn(directory: string): Promise<Integration> {
  const loaded = await loadIntegration(directory);
  if (loaded.ok) return loaded.integration;
  throw new TypeError(printProblems(loaded.problems));
}

export async function problemsIn(directory: string): Promise<readonly ConfigProblem[]> {
  const loaded = await loadIntegration(directory);
  return loaded.ok ? [] : loaded.problems;
}

/** Problems in the form in which a person sees them. */
export async function printedProblemsIn(directory: string): Promise<string> {
  return printProblems(await problemsIn(directory));
}

/** One site with two listeners, two channels and a code table. */
export const small = {
  "trestle.yaml": `listeners:
  east:
    port: 0
  west:
    port: 0
`,
  "channels/adt-in.yaml": `title: Registrations from the east
source:
  type: mllp
  listener: east
accepts: [ADT]
routes:
  - to: app
`,
  "channels/rest-in.yaml": `title: The rest
source: { type: mllp, listener: east }
accepts: ["*"]
routes: []
`,
  "destinations/app.yaml": `type: webhook
url: http://127.0.0.1:9/app
`,
  "sites/harbor/site.yaml": `title: Harbor Health
timeZone: America/Chicago
environments:
  nonproduction:
    feeds:
      - listener: east
        channels:
          - adt-in
          - rest-in
`,
  "sites/harbor/tables/gender.csv": `local,display,system,code,status,note
X,Unknown,http://hl7.org/fhir/administrative-gender,unknown,mapped,
`,
} as const satisfies Files;
