import { Button } from "@mantine/core";
import { type Place, idOf, namePlace } from "../place.ts";
import { useForm } from "./form-state.ts";
import { labelOf } from "./part.tsx";
import styles from "./form.module.css";

interface AbsentProps {
  readonly place: Place;
  readonly help: string | undefined;
  readonly isRequired: boolean;
  /** What holds while it is absent; empty where nothing does. */
  readonly preset: string;
  /** What is added. */
  readonly empty: unknown;
}

/** A part that the file does not have, and what it would be for. */
export function Absent({ place, help, isRequired, preset, empty }: AbsentProps) {
  const { add } = useForm();
  const label = labelOf(place);
  return (
    <div className={styles["absent"]}>
      <span className={styles["text"]}>
        <span className="mono">{label}</span>
        {isRequired ? <span className={styles["required"]}> is missing</span> : null}
        <span className={styles["note"]}> {help}</span>
        {preset === "" ? null : <span className={styles["note"]}> default: {preset}</span>}
      </span>
      <Button
        id={idOf(place)}
        variant="default"
        size="compact-xs"
        aria-label={`Add ${namePlace(place)}`}
        onClick={() => add(place, empty)}
      >
        Add
      </Button>
    </div>
  );
}
