import type { SiteFhir } from "@trestle/api/contract";
import { countText, counted, millisecondsText } from "../../parts/number-text.ts";
import { Section } from "../../parts/page.tsx";
import styles from "../../parts/table.module.css";
import { failureWords, loadText } from "./site-words.ts";

/** How the last hour's requests went: how long they took, and why some failed. */
export function Requests({ site: { requests, load } }: { site: SiteFhir }) {
  const { count, latencyMs, failures, windowMinutes } = requests;
  const note = `${counted(count, "request")} in ${windowMinutes} min`;
  return (
    <Section title="Requests" note={note}>
      {latencyMs === undefined ? (
        <p className="quiet">None yet. The application’s requests, and those below, are counted.</p>
      ) : (
        <p>
          Half are answered within {millisecondsText(latencyMs.p50)}, 95 of 100 within{" "}
          {millisecondsText(latencyMs.p95)}, 99 within {millisecondsText(latencyMs.p99)}.
        </p>
      )}
      <p className="quiet">{loadText(load)}</p>
      {failures.length === 0 ? null : <Failures failures={failures} />}
    </Section>
  );
}

function Failures({ failures }: { failures: SiteFhir["requests"]["failures"] }) {
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">Failed because of</th>
          <th scope="col" className={styles["number"]}>
            Times
          </th>
        </tr>
      </thead>
      <tbody>
        {failures.map(({ kind, count }) => (
          <tr key={kind}>
            <td>{failureWords[kind] ?? kind}</td>
            <td className={styles["number"]}>{countText(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
