import { Button } from "@mantine/core";
import type { CodeDecision } from "@trestle/api/contract";
import { useState } from "react";
import { useCodeChangeSet } from "../../api/queries.ts";
import { useStore } from "../../api/store.ts";
import { counted } from "../../parts/number-text.ts";
import { CodeChangeSetDialog } from "./code-change-set-dialog.tsx";
import styles from "./codes.module.css";
import { chosenStore, decisionsStore } from "./decisions.ts";

/** What is chosen and decided so far, and the way to a change set. */
export function ChangeSetBar() {
  const [decisions, chosen] = [useStore(decisionsStore), useStore(chosenStore)];
  // Kept as it was when it was asked for: a commit takes the decisions away from under the dialog.
  const [reviewed, setReviewed] = useState<readonly CodeDecision[]>();
  const patch = useCodeChangeSet();
  const review = () => {
    const made = [...decisions.values()];
    setReviewed(made);
    patch.mutate({ decisions: made, as: "patch" });
  };
  return (
    <>
      {decisions.size === 0 && chosen.size === 0 ? null : (
        <div className={styles["change"]}>
          {chosen.size === 0 ? null : <Chosen count={chosen.size} />}
          {decisions.size === 0 ? null : <Decided count={decisions.size} review={review} />}
        </div>
      )}
      {reviewed === undefined ? null : (
        <CodeChangeSetDialog
          decisions={reviewed}
          patch={patch}
          onClose={() => setReviewed(undefined)}
        />
      )}
    </>
  );
}

function Chosen({ count }: { count: number }) {
  return (
    <>
      <span>{counted(count, "code")} chosen: open one to decide them together.</span>
      <Button variant="subtle" size="xs" onClick={() => chosenStore.set(new Map())}>
        Choose none
      </Button>
    </>
  );
}

function Decided({ count, review }: { count: number; review: () => void }) {
  return (
    <>
      <span>{counted(count, "code")} decided.</span>
      <Button size="xs" onClick={review}>
        Review change set
      </Button>
      <Button variant="subtle" size="xs" onClick={() => decisionsStore.set(new Map())}>
        Drop decisions
      </Button>
    </>
  );
}
