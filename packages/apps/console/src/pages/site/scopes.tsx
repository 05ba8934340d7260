import type { Health, ScopeRow, SiteFhir } from "@trestle/api/contract";
import { countText, counted } from "../../parts/number-text.ts";
import { Section } from "../../parts/page.tsx";
import { StateWord } from "../../parts/state-mark.tsx";
import styles from "../../parts/table.module.css";
import own from "./site.module.css";

/** What the application needs beside what the site grants and what requests really used. */
export function Scopes({ site: { scopes } }: { site: SiteFhir }) {
  const { rows, needed, granted } = scopes;
  // A site may grant hundreds that nobody needs; what must be read stands first.
  const [shown, folded] = [rows.slice(0, mostOpen), rows.slice(mostOpen)];
  const note = `${counted(needed.length, "scope")} needed, ${granted.length} granted`;
  return (
    <Section title="Scopes" note={note}>
      {granted.length === 0 ? (
        <p className="quiet">Nothing is granted yet: the hub has not signed in at this site.</p>
      ) : null}
      <p>
        {missingWords(rows)} <span className="quiet">{measuredWords(scopes)}</span>
      </p>
      <ScopeTable rows={shown} />
      {folded.length === 0 ? null : (
        <details className={own["scopes"]}>
          <summary>{countText(folded.length)} more</summary>
          <ScopeTable rows={folded} />
        </details>
      )}
    </Section>
  );
}

function ScopeTable({ rows }: { rows: readonly ScopeRow[] }) {
  const isApprovalKnown = rows.some(({ approved }) => approved !== undefined);
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">Scope</th>
          <th scope="col" className={styles["medium"]}>
            Needed
          </th>
          <th scope="col" className={styles["medium"]}>
            Requested
          </th>
          {isApprovalKnown ? (
            <th scope="col" className={styles["medium"]}>
              Approved
            </th>
          ) : null}
          <th scope="col" className={styles["medium"]}>
            Granted
          </th>
          <th scope="col" className={styles["number"]}>
            Used
          </th>
          <th scope="col">Finding</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Scope key={row.scope} row={row} isApprovalKnown={isApprovalKnown} />
        ))}
      </tbody>
    </table>
  );
}

function Scope({ row, isApprovalKnown }: { row: ScopeRow; isApprovalKnown: boolean }) {
  const { scope, needed, requested, approved, granted, used, refused, lastDay, findings } = row;
  return (
    <tr>
      <td className={`mono ${own["scope"]}`}>{scope}</td>
      <Mark isSo={needed} />
      <Mark isSo={requested} />
      {isApprovalKnown ? <Mark isSo={approved === true} /> : null}
      <Mark isSo={granted} />
      <td
        className={styles["number"]}
        title={lastDay === undefined ? undefined : `last on ${lastDay}, UTC`}
      >
        <span className={used === 0 ? styles["zero"] : undefined}>{countText(used)}</span>
      </td>
      <td>
        {findings.map((finding) => (
          <div key={finding}>
            <StateWord
              state={words[finding].state}
              word={finding === "refused" ? `refused ${countText(refused)}` : words[finding].word}
            />
          </div>
        ))}
        {findings.length === 0 && needed ? <StateWord state="good" word="as it should be" /> : null}
      </td>
    </tr>
  );
}

function Mark({ isSo }: { isSo: boolean }) {
  return (
    <td className={styles["medium"]}>
      {isSo ? "yes" : <span className={styles["zero"]}>no</span>}
    </td>
  );
}

function missingWords(rows: readonly ScopeRow[]): string {
  const missing = rows.filter(({ findings }) => findings.includes("missing"));
  if (missing.length === 0) return "Nothing needed is missing.";
  return `${counted(missing.length, "needed scope is", "needed scopes are")} not granted.`;
}

function measuredWords({ days, measuredSince }: SiteFhir["scopes"]): string {
  if (measuredSince === undefined) return "No request by any of them was measured yet.";
  return `Requests of the last ${counted(days, "day")}, measured since ${measuredSince}.`;
}

const words: Readonly<
  Record<ScopeRow["findings"][number], { readonly state: Health; readonly word: string }>
> = {
  missing: { state: "bad", word: "not granted" },
  notRequested: { state: "warning", word: "not asked for" },
  notApproved: { state: "warning", word: "not approved" },
  notNeeded: { state: "warning", word: "not needed" },
  unused: { state: "warning", word: "nothing used it" },
  refused: { state: "bad", word: "refused" },
};

const mostOpen = 24;
