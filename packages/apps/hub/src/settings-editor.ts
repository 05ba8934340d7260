import type {
  SettingProblem,
  SettingsChanged,
  SettingsChangeSet,
  SettingsContent,
} from "@trestle/api";
import type { SettingsFiles } from "@trestle/api";
import {
  type ConfigProblem,
  editYaml,
  isSecretProblem,
  readYaml,
  writtenIn,
} from "@trestle/config";
import {
  FolderMemory,
  type Integration,
  findSettingsFile,
  listSettingsFiles,
  loadIntegration,
  restartProblems,
  schemaOf,
} from "@trestle/integration";
import { changeSetOf } from "./change-set.ts";
import { knownQuirks } from "./dialects.ts";
import { hubErrors } from "./errors.ts";
import { settingsMessage } from "./settings-message.ts";
import type { Turns } from "./turns.ts";

interface EditorParts {
  /** In force. */
  readonly current: () => Integration;
  /** What the hub has otherwise than its folder says. */
  readonly adapt: (integration: Integration) => Integration;
  /** Channels that approved production uses beside the folder. */
  readonly alsoUsed: () => ReadonlySet<string>;
  /** Of who changes the folder. */
  readonly turns: Turns;
}

/**
 * The settings files of the folder as they lie there, and change sets of them.
 */
export function settingsEditor({ current, turns, ...parts }: EditorParts): SettingsFiles {
  const memory = new FolderMemory();
  return {
    async list() {
      const files = await listSettingsFiles(current().directory);
      return files.map(({ path, isThere, kind: { name, title, description } }) => {
        return { path, kind: name, title, description, isThere };
      });
    },
    read: (path) => contentOf(current(), path),
    change: (changed) => turns.first(() => change(current(), { changed, memory, ...parts })),
  };
}

async function contentOf(integration: Integration, path: string): Promise<SettingsContent> {
  const { kind, isThere, text, hash } = await settingsFile(integration, path);
  const { name, title, description, schema } = kind;
  const read = readYaml(text, path, schema);
  const problems = read.ok || !isThere ? [] : read.problems;
  const value = withoutSecrets(writtenIn(text), problems);
  return {
    path,
    kind: name,
    title,
    description,
    isThere,
    hash,
    ...(value !== undefined && { value }),
    schema: schemaOf(kind) as SettingsContent["schema"],
    problems: viewed(problems),
  };
}

async function settingsFile({ directory }: Integration, path: string) {
  const found = await findSettingsFile(directory, { path, maxFileBytes });
  if (found === undefined) throw hubErrors.noSettingsFile();
  if (!found.ok) throw hubErrors.settingsNotReadable({ file: path, code: found.problem.code });
  return found.value;
}

interface Asked extends Pick<EditorParts, "adapt" | "alsoUsed"> {
  readonly changed: SettingsChanged;
  readonly memory: FolderMemory;
}

async function change(
  integration: Integration,
  { changed, memory, adapt, alsoUsed }: Asked,
): Promise<SettingsChangeSet> {
  const { path, hash, edits, as, person } = changed;
  const file = await settingsFile(integration, path);
  if (file.hash !== hash) throw hubErrors.settingsMoved({ file: path });
  const edited = editYaml(file.text, edits);
  if (!edited.ok) return refused([{ file: path, line: 1, column: 1, ...edited.problem }]);
  const after = edited.value;
  if (after === file.text) return refused([{ file: path, line: 1, column: 1, ...nothingChanged }]);
  const { directory } = integration;
  const quirks = await knownQuirks();
  const instead = new Map([[path, after]]);
  const loaded = await loadIntegration(directory, {
    quirks,
    memory,
    instead,
    alsoUsed: alsoUsed(),
  });
  if (!loaded.ok) return refused(loaded.problems);
  const restart = restartProblems(integration.settings, adapt(loaded.integration).settings);
  const notices = loaded.notices.filter((notice) => notice.file === path);
  const before = file.isThere ? file.text : undefined;
  const message = settingsMessage(changed);
  return {
    ...(await changeSetOf(integration, { files: [{ path, before, after }], as, person, message })),
    problems: [],
    remarks: viewed([...restart.map(loaded.placed), ...notices]),
  };
}

function refused(problems: readonly ConfigProblem[]): SettingsChangeSet {
  return { problems: viewed(problems), remarks: [], files: [] };
}

function viewed(problems: readonly ConfigProblem[]): SettingProblem[] {
  return problems.slice(0, mostProblems).map(({ file, line, column, code, text, hint, path }) => ({
    file,
    line,
    column,
    code,
    text,
    hint,
    ...(path !== undefined && { path: path.map(stepOf) }),
  }));
}

function stepOf(step: PropertyKey): string | number {
  return typeof step === "number" ? step : String(step);
}

/**
 * What should be a reference to a secret and is none may be the secret, and so may what stands under a
 * key that nobody knows. It stays where it is.
 */
function withoutSecrets(
  value: unknown,
  problems: readonly ConfigProblem[],
): SettingsContent["value"] {
  if (typeof value !== "object" || value === null) return undefined;
  const shown = structuredClone(value) as NonNullable<SettingsContent["value"]>;
  for (const { path = [] } of problems.filter(mayBeSecret)) {
    let parent: object | undefined = shown;
    for (const step of path.slice(0, -1)) parent = parent && groupIn(parent, step);
    if (parent !== undefined) Reflect.deleteProperty(parent, path.at(-1) ?? "");
  }
  return shown;
}

function groupIn(parent: object, step: PropertyKey): object | undefined {
  const below: unknown = Reflect.get(parent, step);
  return typeof below === "object" && below !== null ? below : undefined;
}

function mayBeSecret(problem: ConfigProblem): boolean {
  return problem.code === "config.unknownKey" || isSecretProblem(problem);
}

const nothingChanged = {
  code: "hub.nothingChanged",
  text: "The file says already what the edits say.",
  hint: "Change something, or leave the file as it is.",
};

/** As much as is read of a file of the folder. */
const maxFileBytes = 16 * 1024 * 1024;
const mostProblems = 500;
