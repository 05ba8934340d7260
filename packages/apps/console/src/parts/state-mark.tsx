import type { Health } from "@trestle/api/contract";
import styles from "./state-mark.module.css";

/** The shape of a state, in its colour. A word must stand beside it, or be given as `label`. */
export function StateMark({ state, label }: { state: Health; label?: string }) {
  const named =
    label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <svg viewBox="0 0 10 10" className={`${styles["mark"]} ${styles[state]}`} {...named}>
      {label === undefined ? null : <title>{label}</title>}
      {shapes[state]}
    </svg>
  );
}

/** A state with its word: calm states in plain text, the others in their colour. */
export function StateWord({ state, word }: { state: Health; word: string }) {
  const isCalm = state === "good" || state === "neutral";
  return (
    <span className={styles["badge"]}>
      <StateMark state={state} />
      <span className={isCalm ? undefined : styles[state]}>{word}</span>
    </span>
  );
}

/** Each can be told from the others without its colour. */
const shapes: Readonly<Record<Health, React.ReactNode>> = {
  neutral: <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  good: <circle cx="5" cy="5" r="4.2" fill="currentColor" />,
  warning: <path d="M5 0.6 9.8 9.4H0.2Z" fill="currentColor" />,
  bad: <path d="M1.2 1.2 8.8 8.8M8.8 1.2 1.2 8.8" stroke="currentColor" strokeWidth="2.4" />,
  held: <path d="M1.6 0.8h2.4v8.4H1.6zM6 0.8h2.4v8.4H6z" fill="currentColor" />,
};
