import { Anchor } from "@mantine/core";
import type { SettingProblem } from "@trestle/api/contract";
import { counted } from "../../parts/number-text.ts";
import { StateMark } from "../../parts/state-mark.tsx";
import type { Goal } from "./file-editor.tsx";
import { namePlace } from "./place.ts";
import styles from "./settings.module.css";

interface ProblemListProps {
  /** Of the file that is edited; in others the line says where. */
  readonly path: string;
  readonly problems: readonly SettingProblem[];
  readonly goTo: (goal: Goal) => void;
}

/** Everything that keeps the file from being taken; each leads to its place. */
export function ProblemList({ path, problems, goTo }: ProblemListProps) {
  if (problems.length === 0) return null;
  return (
    <section className={styles["wrong"]} role="alert" aria-label="Problems">
      <h2>{counted(problems.length, "problem")}. Nothing is made before that is put right.</h2>
      <ul>
        {problems.map((problem) => (
          <li key={JSON.stringify(problem)}>
            <StateMark state="bad" /> <Where path={path} problem={problem} goTo={goTo} />{" "}
            {problem.text} <span className="quiet">{problem.hint}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface WhereProps extends Pick<ProblemListProps, "path" | "goTo"> {
  readonly problem: SettingProblem;
}

function Where({ path, problem, goTo }: WhereProps) {
  const { file, line, path: place = [] } = problem;
  if (file !== path || place.length === 0) {
    return (
      <span className="mono">
        {file}:{line}
      </span>
    );
  }
  return (
    <Anchor component="button" type="button" className="mono" onClick={() => goTo({ at: place })}>
      {namePlace(place)}
    </Anchor>
  );
}
