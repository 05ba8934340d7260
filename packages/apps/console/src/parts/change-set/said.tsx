import type { ReactNode } from "react";
import { StateMark } from "../state-mark.tsx";
import styles from "./change-set.module.css";

/** Something that is wrong or doubtful about a change. */
interface Remark {
  readonly code: string;
  readonly text: string;
  readonly hint: string;
}

interface SaidProps<T> {
  readonly items: readonly T[];
  readonly state: "bad" | "warning";
  /** What one is about. */
  readonly about: (item: T) => ReactNode;
}

/** What is wrong or doubtful, each with what it is about. */
export function Said<T extends Remark>({ items, state, about }: SaidProps<T>) {
  if (items.length === 0) return null;
  return (
    <ul className={styles["said"]}>
      {items.map((item) => (
        <li key={JSON.stringify(item)}>
          <StateMark state={state} /> <b className="mono">{about(item)}</b> {item.text}{" "}
          <span className="quiet">{item.hint}</span>
        </li>
      ))}
    </ul>
  );
}
