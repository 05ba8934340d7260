import type { MessageSummary, Problem } from "@trestle/api/contract";
import { useState } from "react";
import { counted } from "../../parts/number-text.ts";
import { StateMark } from "../../parts/state-mark.tsx";
import styles from "./message.module.css";
import { isPlace } from "./place.ts";
import type { Explanation } from "./result.ts";

interface WarningsProps {
  readonly message: MessageSummary;
  readonly explanation: Explanation | undefined;
  readonly select: (at: string) => void;
}

/** Why it was refused or failed, and what the mapping had to say; each leads to its field. */
export function Warnings({ message, explanation, select }: WarningsProps) {
  const [isWhole, setWhole] = useState(false);
  const { reason } = message;
  const warnings = distinct(explanation?.warnings ?? []).filter(
    ({ code, at }) => code !== reason?.code || at !== reason.at,
  );
  const shown = isWhole ? warnings : warnings.slice(0, mostShown);
  if (reason === undefined && warnings.length === 0) return null;
  return (
    <ul className={styles["warnings"]}>
      {reason === undefined ? null : <Warning problem={reason} isReason select={select} />}
      {shown.map((problem) => (
        <Warning key={keyOf(problem)} problem={problem} select={select} />
      ))}
      {shown.length === warnings.length ? null : (
        <li>
          <button type="button" className={styles["more"]} onClick={() => setWhole(true)}>
            {counted(warnings.length - shown.length, "more warning")}
          </button>
        </li>
      )}
    </ul>
  );
}

interface WarningProps {
  readonly problem: Problem;
  readonly isReason?: boolean;
  readonly select: (at: string) => void;
}

function Warning({ problem, isReason = false, select }: WarningProps) {
  const { at } = problem;
  return (
    <li className={styles["warning"]}>
      <StateMark
        state={isReason ? "bad" : "warning"}
        label={isReason ? "Why it did not go through" : "Warning"}
      />
      {at === undefined || !isPlace(at) ? null : (
        <button type="button" className={`${styles["more"]} mono`} onClick={() => select(at)}>
          {at}
        </button>
      )}
      <span>
        {problem.text} <span className="quiet">{problem.hint}</span>
      </span>
    </li>
  );
}

/** The same said twice of the same place says no more. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()];
}

function keyOf({ code, at, text }: Problem): string {
  return `${code} ${at ?? ""} ${text}`;
}

const mostShown = 3;
