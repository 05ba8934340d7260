import type { WhatIfRun } from "@trestle/api/contract";
import { Ago } from "../../parts/ago.tsx";
import { countText } from "../../parts/number-text.ts";
import { Section } from "../../parts/page.tsx";
import { GroupTable } from "./group-table.tsx";
import styles from "./what-if.module.css";

interface RunProps {
  readonly run: WhatIfRun;
}

/** What came of a comparison: what was compared, then what differs or why nothing is known. */
export function Outcome({ run }: RunProps) {
  const { result, problems, failure } = run;
  return (
    <>
      <About run={run} />
      {failure === undefined ? null : (
        <p role="alert">
          {failure.hint} <code>{failure.code}</code>
        </p>
      )}
      {problems === undefined ? null : <Problems problems={problems} />}
      {result === undefined ? null : <Differences result={result} />}
    </>
  );
}

function About({ run: { one, other, against, since, site, startedAt, by, result } }: RunProps) {
  return (
    <p className="quiet">
      {other === undefined ? "To be compared" : `${other} compared`} with {one}
      {against === undefined ? ", which was in force" : ""}; messages received since{" "}
      <Ago at={since} />
      {site === undefined ? "" : ` of ${site}`}. Asked by {by} <Ago at={startedAt} />.
      {result === undefined ? "" : countsText(result)}
    </p>
  );
}

type Result = NonNullable<WhatIfRun["result"]>;

function countsText({ counts: { compared, same, setAside } }: Result): string {
  const parts = [
    { count: compared, text: "mapped under both" },
    { count: same, text: "not mapped, since nothing about them differs" },
    { count: setAside, text: "set aside as broken or refused" },
  ];
  const told = parts.filter(({ count }) => count > 0);
  if (told.length === 0) return "";
  return ` ${told.map(({ count, text }) => `${countText(count)} ${text}`).join(", ")}.`;
}

/** An absolute path is the folder itself, which has no line. */
function Problems({ problems }: { problems: NonNullable<WhatIfRun["problems"]> }) {
  return (
    <Section title="Problems">
      <div role="alert">
        <ul className={styles["problems"]}>
          {problems.map(({ file, line, column, text, hint }) => (
            <li key={`${file}:${line}:${column} ${text}`}>
              {file.startsWith("/") ? null : (
                <code>
                  {file}:{line}
                </code>
              )}{" "}
              {text} <span className="quiet">{hint}</span>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}

function Differences({ result: { groups, rules, counts } }: { result: Result }) {
  const { otherDifferences } = counts;
  return (
    <>
      {groups.length === 0 ? null : <GroupTable groups={groups} />}
      {otherDifferences === 0 ? null : (
        <p className="quiet">
          {countText(otherDifferences)} more differences are of kinds that are not listed; raise
          whatIf.maxGroups in trestle.yaml to see them.
        </p>
      )}
      <IdleRules rules={rules} />
    </>
  );
}

/** Rules that were good for nothing, so that somebody takes them away. */
function IdleRules({ rules }: Pick<Result, "rules">) {
  const idle = rules.filter(({ values, hasEnded }) => values === 0 || hasEnded);
  if (idle.length === 0) return null;
  return (
    <Section title="Rules of what-if.yaml that allowed nothing">
      <ul className={styles["problems"]}>
        {idle.map(({ number, path, hasEnded }) => (
          <li key={number}>
            Rule {number}, <code>{path}</code>:{" "}
            {hasEnded ? "its last day is over." : "no difference was of this kind."}
          </li>
        ))}
      </ul>
    </Section>
  );
}
