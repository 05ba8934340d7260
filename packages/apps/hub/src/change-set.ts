import type { Person } from "@trestle/access";
import type { ChangeSet } from "@trestle/api";
import {
  type ChangedFile,
  type Integration,
  commitFiles,
  patchOf,
  repositoryPrefix,
  whyNoCommit,
} from "@trestle/integration";

/** Files of the folder that are good with their change, and what somebody wants to have made of it. */
export interface FolderChange {
  /** Their paths are those in the folder. */
  readonly files: readonly ChangedFile[];
  readonly as: "patch" | "commit";
  readonly person: Person;
  /** What a commit says. */
  readonly message: string;
}

/**
 * A patch of the files, and the commit where one is asked for and may be. Calls for one folder must not
 * overlap.
 */
export async function changeSetOf(
  integration: Pick<Integration, "directory" | "settings">,
  change: FolderChange,
): Promise<ChangeSet> {
  const { files } = change;
  const prefix = (await repositoryPrefix(integration.directory)) ?? "";
  return {
    files: files.map(({ path, before }) => ({ path, isNew: before === undefined })),
    patch: patchOf(files.map((file) => ({ ...file, path: `${prefix}${file.path}` }))),
    ...(await commitOf(integration, change)),
  };
}

async function commitOf(
  { directory, settings }: Pick<Integration, "directory" | "settings">,
  { files, as, person, message }: FolderChange,
): Promise<Pick<ChangeSet, "commit" | "whyNoCommit">> {
  if (!settings.changes.commitToGit) return { whyNoCommit: notAllowed };
  if (as === "patch") {
    const paths = files.map(({ path }) => path);
    const problem = await whyNoCommit(directory, paths);
    return problem === undefined ? {} : { whyNoCommit: problem };
  }
  const answer = await commitFiles(directory, {
    files,
    // No mail goes there: the domain is one that never exists (RFC 2606).
    author: { name: person.name, email: `${person.id}@trestle.invalid` },
    message,
  });
  return answer.ok ? { commit: answer.value } : { whyNoCommit: answer.problem };
}

const notAllowed = {
  code: "hub.commitsOff",
  text: "This hub does not write to its integration folder.",
  hint: "Take the patch; or set changes.commitToGit in trestle.yaml, in a folder that is a git repository.",
};
