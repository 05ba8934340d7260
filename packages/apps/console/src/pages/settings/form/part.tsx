import { UnstyledButton } from "@mantine/core";
import { type ReactNode, useContext } from "react";
import { counted } from "../../../parts/number-text.ts";
import { StateWord } from "../../../parts/state-mark.tsx";
import { type Place, idOf, isWithin, printPlace } from "../place.ts";
import { EntryActions } from "./entry-actions.tsx";
import { PartContext, useEntry, useForm } from "./form-state.ts";
import { KeyInput } from "./key-input.tsx";
import styles from "./form.module.css";

interface PartProps {
  readonly place: Place;
  /** What is in it, short. */
  readonly note: string;
  readonly help: string | undefined;
  /** Takes it out of its group; absent where it has to be there. */
  readonly remove?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A part of a form that opens and closes. The whole form, and a variant of a union, are drawn bare. */
export function Part({ place, note, help, remove, children }: PartProps) {
  const at = printPlace(place);
  const isInside = useContext(PartContext) === at;
  if (at === "" || isInside) return <div className={styles["body"]}>{children}</div>;
  return (
    <Folding place={place} note={note} help={help} remove={remove}>
      {children}
    </Folding>
  );
}

function Folding({ place, note, help, remove, children }: PartProps) {
  const at = printPlace(place);
  const { open, setOpen, problems } = useForm();
  const entry = useEntry(at);
  const isOpen = isWithin(open, at);
  const wrong = problems.filter((one) => isWithin(one, at)).length;
  const label = labelOf(place);
  return (
    <section className={styles["part"]} data-open={isOpen || undefined} aria-label={label}>
      <div className={styles["head"]}>
        <UnstyledButton
          id={idOf(place)}
          className={styles["toggle"]}
          aria-expanded={isOpen}
          onClick={() => setOpen(isOpen ? printPlace(place.slice(0, -1)) : at)}
        >
          <span className={styles["chevron"]} aria-hidden>
            ▸
          </span>
          <span className="mono">{label}</span>
          <span className={styles["note"]}>{note}</span>
          {wrong === 0 ? null : <StateWord state="bad" word={counted(wrong, "problem")} />}
        </UnstyledButton>
        <EntryActions label={label} entry={entry} remove={remove} />
      </div>
      {isOpen ? (
        <PartContext value={at}>
          <div className={styles["inner"]}>
            {help === undefined || help === "" ? null : <p className={styles["help"]}>{help}</p>}
            {entry?.rename === undefined ? null : <KeyInput name={label} rename={entry.rename} />}
            {children}
          </div>
        </PartContext>
      ) : null}
    </section>
  );
}

/** A key as it stands in the file; an item of a list by its number, from 1. */
export function labelOf(place: Place): string {
  const last = place.at(-1);
  return typeof last === "number" ? `${last + 1}` : (last ?? "");
}
