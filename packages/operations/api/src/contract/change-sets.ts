import { z } from "zod";
import { problem } from "./shapes.ts";

/** What a request for a change of the integration folder shall give. */
export const changeAs = z
  .enum(["patch", "commit"])
  .default("patch")
  .describe("A commit needs changes.commitToGit in trestle.yaml, and files nobody works in.");

/** A file that a change set changes or makes. */
export const changedFile = z.strictObject({ path: z.string(), isNew: z.boolean() });

/** What is made of changes of the integration folder; beside it stands what speaks against them. */
export const changeSetParts = {
  patch: z.string().optional().describe("A unified diff for `git apply`."),
  commit: z.string().optional().describe("The commit that was made, in full."),
  whyNoCommit: problem.optional().describe("Why no commit was or could be made."),
};

const changeSet = z.strictObject({ ...changeSetParts, files: z.array(changedFile) });

/** What every change set has, whatever it is about. */
export type ChangeSet = z.infer<typeof changeSet>;
