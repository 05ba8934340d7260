import { Link } from "@tanstack/react-router";
import type { WhatIfGroup } from "@trestle/api/contract";
import { countText } from "../../parts/number-text.ts";
import { StateWord } from "../../parts/state-mark.tsx";
import table from "../../parts/table.module.css";
import { kindWords } from "./what-if-words.ts";
import styles from "./what-if.module.css";

/** What differs, group by group; each opens to its values and messages. */
export function GroupTable({ groups }: { groups: readonly WhatIfGroup[] }) {
  return (
    <table className={`${table["table"]} ${styles["groups"]}`}>
      <thead>
        <tr>
          <th scope="col">Difference</th>
          <th scope="col">Where</th>
          <th scope="col" className={table["number"]}>
            Messages
          </th>
          <th scope="col" className={`${table["number"]} ${table["medium"]}`}>
            Values
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <GroupRow key={keyOf(group)} group={group} />
        ))}
      </tbody>
    </table>
  );
}

function GroupRow({ group }: { group: WhatIfGroup }) {
  const { kind, path, table: decides, harmless, messages, values } = group;
  const { word, state } = kindWords[kind];
  return (
    <tr>
      <td className={styles["kind"]}>
        <StateWord state={harmless === undefined ? state : "good"} word={word} />
      </td>
      <td className={styles["where"]}>
        <details>
          <summary>
            <span className="mono">{path}</span>
            {decides === undefined ? null : <span className="quiet"> by table {decides}</span>}
            {harmless === undefined ? null : (
              <span className={styles["harmless"]}>
                Harmless by rule {harmless.rule}: {harmless.reason}
              </span>
            )}
          </summary>
          <Changes group={group} />
          <Examples group={group} />
        </details>
      </td>
      <td className={table["number"]}>{countText(messages)}</td>
      <td className={`${table["number"]} ${table["medium"]}`}>{countText(values)}</td>
    </tr>
  );
}

function Changes({ group: { changes, otherValues } }: { group: WhatIfGroup }) {
  return (
    <ul className={styles["changes"]}>
      {changes.map((change) => (
        <li key={JSON.stringify(change)}>
          <span className={styles["count"]}>{countText(change.values)} ×</span>
          {change.before === undefined && change.after === undefined ? null : (
            <span>
              <span className="mono">{change.before ?? "nothing"}</span> →{" "}
              <span className="mono">{change.after ?? "nothing"}</span>
            </span>
          )}
          <span className="quiet">{originText(change.origin)}</span>
        </li>
      ))}
      {otherValues === 0 ? null : (
        <li className="quiet">{countText(otherValues)} of other values</li>
      )}
    </ul>
  );
}

function originText(origin: WhatIfGroup["changes"][number]["origin"]): string {
  const { field, row, by } = origin ?? {};
  const parts = [field, row, by === undefined ? undefined : `map row ${by}`];
  return parts.filter((part) => part !== undefined).join(", ");
}

function Examples({ group: { examples, sites } }: { group: WhatIfGroup }) {
  return (
    <p className={styles["examples"]}>
      <span className="quiet">Such as </span>
      {examples.map(({ id, type, controlId }) => (
        <Link key={id} to="/messages/$messageId" params={{ messageId: id }}>
          {type} {controlId}
        </Link>
      ))}
      <span className="quiet">
        {sites.map(({ site, messages }) => `${site}: ${countText(messages)}`).join(", ")}
      </span>
    </p>
  );
}

function keyOf({ kind, path, table: decides, harmless }: WhatIfGroup): string {
  return [kind, path, decides, harmless?.rule].join(" ");
}
