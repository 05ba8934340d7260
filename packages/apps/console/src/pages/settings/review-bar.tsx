import { Button, TextInput } from "@mantine/core";
import type { SettingEdit, SettingProblem } from "@trestle/api/contract";
import { useState } from "react";
import { type SettingsChange, useSettingsChangeSet } from "../../api/settings-queries.ts";
import { problemOf } from "../../api/client.ts";
import { ChangeSetDialog } from "../../parts/change-set/change-set-dialog.tsx";
import { Said } from "../../parts/change-set/said.tsx";
import { Failure } from "../../parts/notice.tsx";
import { counted } from "../../parts/number-text.ts";
import { namePlace } from "./place.ts";
import styles from "./settings.module.css";

interface ReviewBarProps {
  readonly path: string;
  readonly hash: string;
  readonly edits: SettingEdit[];
  /** Says beside the fields what is wrong. */
  readonly tell: (problems: readonly SettingProblem[]) => void;
  readonly drop: () => void;
  /** Reads the file anew, and drops what was changed. */
  readonly load: () => void;
}

/** What is changed so far, and the way to a change set. */
export function ReviewBar({ path, hash, edits, tell, drop, load }: ReviewBarProps) {
  const [note, setNote] = useState("");
  // Kept as it was when it was asked for: a commit takes the edits away from under the dialog.
  const [reviewed, setReviewed] = useState<Omit<SettingsChange, "as">>();
  const patch = useSettingsChangeSet();
  const review = () => {
    const change = { path, hash, edits, note: note.trim() };
    patch.mutate(
      { ...change, as: "patch" },
      {
        onSuccess: (made) => {
          tell(made.problems);
          if (made.problems.length === 0) setReviewed(change);
        },
      },
    );
  };
  if (edits.length === 0 && reviewed === undefined) return null;
  return (
    <>
      {patch.error === null ? null : <Refused error={patch.error} load={load} />}
      <section className={styles["review"]} aria-label="Changes">
        <span>{counted(edits.length, "change")}, not written yet.</span>
        <TextInput
          size="xs"
          aria-label="Why"
          placeholder="Why? Kept in the commit and the access record"
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button size="xs" onClick={review} loading={patch.isPending}>
          Review change set
        </Button>
        <Button variant="subtle" size="xs" onClick={drop}>
          Drop changes
        </Button>
      </section>
      {reviewed === undefined ? null : (
        <Review
          change={reviewed}
          patch={patch}
          onClose={(isWritten) => {
            setReviewed(undefined);
            if (isWritten) load();
          }}
        />
      )}
    </>
  );
}

interface RefusedProps {
  readonly error: Error;
  readonly load: () => void;
}

/** A file that moved on has to be loaded again; anything else may pass. */
function Refused({ error, load }: RefusedProps) {
  return (
    <>
      <Failure error={error} />
      {problemOf(error).status === 409 ? (
        <Button variant="default" size="xs" onClick={load}>
          Load the file again and drop my changes
        </Button>
      ) : null}
    </>
  );
}

interface ReviewProps {
  readonly change: Omit<SettingsChange, "as">;
  /** The patch that was asked for when the dialog was. */
  readonly patch: ReturnType<typeof useSettingsChangeSet>;
  readonly onClose: (isWritten: boolean) => void;
}

function Review({ change, patch, onClose }: ReviewProps) {
  const commit = useSettingsChangeSet();
  const { edits, path } = change;
  return (
    <ChangeSetDialog
      patch={patch}
      commit={{ ...commit, write: () => commit.mutate({ ...change, as: "commit" }) }}
      size={`${counted(edits.length, "change")} in ${path}`}
      fileName={`${path.replaceAll("/", "-").replace(/\.yaml$/u, "")}.patch`}
      onClose={() => onClose(commit.data?.commit !== undefined)}
    >
      <Said
        items={patch.data?.remarks ?? []}
        state="warning"
        about={({ path: place = [] }) => namePlace(place)}
      />
    </ChangeSetDialog>
  );
}
