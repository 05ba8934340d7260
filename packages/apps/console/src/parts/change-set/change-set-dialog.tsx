import { Button, Group, Modal } from "@mantine/core";
import type { ChangeSet } from "@trestle/api/contract";
import type { ReactNode } from "react";
import { useSession } from "../../api/queries.ts";
import { Loading } from "../loading.tsx";
import { Command, Failure } from "../notice.tsx";
import { counted } from "../number-text.ts";
import { ScrollPane } from "../scroll-pane.tsx";
import styles from "./change-set.module.css";
import { save } from "./save.ts";

/** What was asked for, and what came of it so far. */
interface Asked {
  readonly data: ChangeSet | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
}

interface ChangeSetDialogProps {
  /** The patch that was asked for when the dialog was. */
  readonly patch: Asked;
  readonly commit: Asked & { readonly write: () => void };
  /** What changes, in numbers and in what: `3 rows in 1 table`. */
  readonly size: string;
  /** Of the file that a person takes. */
  readonly fileName: string;
  /** What speaks against the change, and what is doubtful about it. */
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** Shows what a change set changes, byte for byte, before anything is taken or written. */
export function ChangeSetDialog(props: ChangeSetDialogProps) {
  const { patch, commit, size, fileName, children, onClose } = props;
  const made = commit.data?.commit;
  return (
    <Modal opened onClose={onClose} title="Change set" size={760}>
      {patch.error === null ? null : <Failure error={patch.error} />}
      {patch.isPending ? <Loading rows={6} /> : null}
      {made === undefined ? null : (
        <output>
          Commit <code>{made.slice(0, 12)}</code> is made. It counts once the hub runs it.
        </output>
      )}
      {patch.data === undefined || made !== undefined ? null : (
        <Shown patch={patch.data.patch} size={size} fileName={fileName}>
          {children}
        </Shown>
      )}
      {commit.error === null ? null : <Failure error={commit.error} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {patch.data?.patch === undefined || made !== undefined ? null : (
          <Actions
            changes={commit.data ?? patch.data}
            fileName={fileName}
            write={commit.write}
            isBusy={commit.isPending}
          />
        )}
      </Group>
    </Modal>
  );
}

interface ShownProps extends Pick<ChangeSetDialogProps, "size" | "fileName" | "children"> {
  readonly patch: string | undefined;
}

function Shown({ patch, size, fileName, children }: ShownProps) {
  return (
    <>
      <p className={styles["says"]}>
        {patch === undefined
          ? "Nothing is made until these are put right."
          : `${size}. Nothing is changed until the patch is applied and the hub runs it.`}
      </p>
      {children}
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

interface ActionsProps {
  readonly changes: ChangeSet;
  readonly fileName: string;
  readonly write: () => void;
  readonly isBusy: boolean;
}

function Actions({ changes, fileName, write, isBusy }: ActionsProps) {
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
        onClick={() => save({ text: patch, name: fileName })}
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
