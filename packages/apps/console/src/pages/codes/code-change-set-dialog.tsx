import type { CodeChangeSet, CodeDecision } from "@trestle/api/contract";
import { useCodeChangeSet } from "../../api/queries.ts";
import { ChangeSetDialog } from "../../parts/change-set/change-set-dialog.tsx";
import { Said } from "../../parts/change-set/said.tsx";
import { counted } from "../../parts/number-text.ts";
import { decisionsStore } from "./decisions.ts";

interface CodeChangeSetDialogProps {
  readonly decisions: readonly CodeDecision[];
  /** The patch that was asked for when the dialog was. */
  readonly patch: ReturnType<typeof useCodeChangeSet>;
  readonly onClose: () => void;
}

/** The change set of decisions about codes, with what cannot be at the code that it is about. */
export function CodeChangeSetDialog({ decisions, patch, onClose }: CodeChangeSetDialogProps) {
  const commit = useCodeChangeSet();
  const write = () =>
    commit.mutate(
      { decisions: [...decisions], as: "commit" },
      { onSuccess: (answer) => answer.commit !== undefined && decisionsStore.set(new Map()) },
    );
  const about = ({ decision, at }: CodeChangeSet["problems"][number]) =>
    decisions[decision ?? -1]?.local ?? at;
  const { problems = [], remarks = [], files = [] } = patch.data ?? {};
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  return (
    <ChangeSetDialog
      patch={patch}
      commit={{ ...commit, write }}
      size={`${counted(rows, "row")} in ${counted(files.length, "table")}`}
      fileName="code-decisions.patch"
      onClose={onClose}
    >
      <Said items={problems} state="bad" about={about} />
      <Said items={remarks} state="warning" about={about} />
    </ChangeSetDialog>
  );
}
