import { Button, Group, Modal } from "@mantine/core";
import type { ChangeSet, CodeDecision } from "@trestle/api/contract";
import { useChangeSet, useSession } from "../../api/queries.ts";
import { Loading } from "../../parts/loading.tsx";
import { Command, Failure } from "../../parts/notice.tsx";
import { counted } from "../../parts/number-text.ts";
import { ScrollPane } from "../../parts/scroll-pane.tsx";
import { StateMark } from "../../parts/state-mark.tsx";
import styles from "./codes.module.css";
import { decisionsStore } from "./decisions.ts";

interface ChangeSetDialogProps {
  readonly decisions: readonly CodeDecision[];
  /** The patch that was asked for when the dialog was. */
  readonly patch: ReturnType<typeof useChangeSet>;
  readonly onClose: () => void;
}

/** Shows what the decisions change, byte for byte, before anything is taken or written. */
export function ChangeSetDialog({ decisions, patch, onClose }: ChangeSetDialogProps) {
  const commit = useChangeSet();
  const made = commit.data?.commit;
  const write = () =>
    commit.mutate(
      { decisions: [...decisions], as: "commit" },
      { onSuccess: (answer) => answer.commit !== undefined && decisionsStore.set(new Map()) },
    );
  return (
    <Modal opened onClose={onClose} title="Change set" size={760}>
      {patch.isError ? <Failure error={patch.error} /> : null}
      {patch.isPending ? <Loading rows={6} /> : null}
      {made !== undefined ? (
        <output>
          Commit <code>{made.slice(0, 12)}</code> is made. It counts once the hub runs it.
        </output>
      ) : null}
      {patch.data === undefined || made !== undefined ? null : (
        <Shown changes={patch.data} decisions={decisions} />
      )}
      {commit.isError ? <Failure error={commit.error} /> : null}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {patch.data?.patch === undefined || made !== undefined ? null : (
          <Actions changes={commit.data ?? patch.data} write={write} isBusy={commit.isPending} />
        )}
      </Group>
    </Modal>
  );
}

interface ShownProps {
  readonly changes: ChangeSet;
  readonly decisions: readonly CodeDecision[];
}

function Shown({ changes, decisions }: ShownProps) {
  const { problems, remarks, files, patch } = changes;
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  return (
    <>
      {problems.length === 0 ? (
        <p className={styles["says"]}>
          {counted(rows, "row")} in {counted(files.length, "table")}. Nothing is changed until the
          patch is applied and the hub runs it.
        </p>
      ) : (
        <p className={styles["says"]}>Nothing is made until these are put right.</p>
      )}
      <Said items={problems} state="bad" decisions={decisions} />
      <Said items={remarks} state="warning" decisions={decisions} />
      {patch === undefined ? null : (
        <>
          <ScrollPane label="Patch" className={styles["patch"]}>
            <pre>{patch}</pre>
          </ScrollPane>
          <p className={styles["says"]}>
            <Command>{`git apply ${fileName}`}</Command>
          </p>
        </>
      )}
    </>
  );
}

interface SaidProps {
  readonly items: ChangeSet["problems"];
  readonly state: "bad" | "warning";
  readonly decisions: readonly CodeDecision[];
}

/** What is wrong or doubtful, each with the code that it is about. */
function Said({ items, state, decisions }: SaidProps) {
  if (items.length === 0) return null;
  return (
    <ul className={styles["said"]}>
      {items.map(({ decision, code, text, hint, at }) => (
        <li key={`${decision} ${code} ${at}`}>
          <StateMark state={state} />{" "}
          <b className="mono">{decisions[decision ?? -1]?.local ?? at}</b> {text}{" "}
          <span className="quiet">{hint}</span>
        </li>
      ))}
    </ul>
  );
}

interface ActionsProps {
  readonly changes: ChangeSet;
  readonly write: () => void;
  readonly isBusy: boolean;
}

function Actions({ changes, write, isBusy }: ActionsProps) {
  const { data: session } = useSession();
  const { patch = "", whyNoCommit, files } = changes;
  return (
    <>
      <span className={`${styles["why"]} quiet`}>
        {whyNoCommit === undefined
          ? `A commit writes ${counted(files.length, "file")} as ${session?.person.name ?? "you"}.`
          : `${whyNoCommit.text} ${whyNoCommit.hint}`}
      </span>
      <Button
        variant={whyNoCommit === undefined ? "default" : "filled"}
        onClick={() => save(patch)}
      >
        Download patch
      </Button>
      {whyNoCommit === undefined ? (
        <Button onClick={write} loading={isBusy}>
          Commit
        </Button>
      ) : null}
    </>
  );
}

function save(patch: string): void {
  const url = URL.createObjectURL(new Blob([patch], { type: "text/x-diff" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

const fileName = "code-decisions.patch";
