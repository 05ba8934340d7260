import { Link } from "@tanstack/react-router";
import type { WhatIfRun } from "@trestle/api/contract";
import { Ago } from "../../parts/ago.tsx";
import { Section } from "../../parts/page.tsx";
import { StateWord } from "../../parts/state-mark.tsx";
import table from "../../parts/table.module.css";
import { stateWords } from "./what-if-words.ts";

interface EarlierRunsProps {
  readonly runs: readonly Omit<WhatIfRun, "result">[] | undefined;
  /** The one that is looked at. */
  readonly shown: string | undefined;
}

/** The last comparisons, so that two of them can be held against each other. */
export function EarlierRuns({ runs, shown }: EarlierRunsProps) {
  if (runs === undefined || runs.length < 2) return null;
  return (
    <Section title="Last comparisons" note="since the hub was started">
      <table className={table["table"]}>
        <thead>
          <tr>
            <th scope="col">Revision</th>
            <th scope="col" className={table["medium"]}>
              Compared with
            </th>
            <th scope="col">Outcome</th>
            <th scope="col">Asked</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id} data-current={run.id === shown || undefined}>
              <td className="mono">
                <Link to="/what-if" search={(old) => ({ ...old, run: run.id })}>
                  {run.other ?? run.revision}
                </Link>
              </td>
              <td className={`mono ${table["medium"]}`}>{run.one}</td>
              <td>
                <StateWord {...stateWords[run.state]} />
              </td>
              <td className={table["whole"]}>
                <Ago at={run.startedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
