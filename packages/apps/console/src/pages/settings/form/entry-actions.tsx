import { ActionIcon, Button } from "@mantine/core";
import type { Entry } from "./form-state.ts";
import styles from "./form.module.css";

interface EntryActionsProps {
  readonly label: string;
  readonly entry: Entry | undefined;
  readonly remove?: (() => void) | undefined;
}

/** Takes a part away, and moves an item of a list. */
export function EntryActions({ label, entry, remove }: EntryActionsProps) {
  const take = entry?.remove ?? remove;
  if (take === undefined) return null;
  const isItem = entry !== undefined && entry.rename === undefined;
  return (
    <span className={styles["actions"]}>
      {isItem ? (
        <>
          <Move label={`Move ${label} up`} move={entry.moveUp} sign="↑" />
          <Move label={`Move ${label} down`} move={entry.moveDown} sign="↓" />
        </>
      ) : null}
      <Button
        className={styles["quiet"]}
        variant="subtle"
        size="compact-xs"
        onClick={take}
        aria-label={`Remove ${label}`}
      >
        Remove
      </Button>
    </span>
  );
}

interface MoveProps {
  readonly label: string;
  readonly sign: string;
  readonly move: (() => void) | undefined;
}

function Move({ label, sign, move }: MoveProps) {
  return (
    <ActionIcon
      variant="subtle"
      size="sm"
      aria-label={label}
      title={label}
      disabled={move === undefined}
      onClick={move}
    >
      {sign}
    </ActionIcon>
  );
}
