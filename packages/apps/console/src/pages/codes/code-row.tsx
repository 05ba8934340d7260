import { Link } from "@tanstack/react-router";
import type { CodeDecision, UnmappedCode } from "@trestle/api/contract";
import { memo } from "react";
import { Ago } from "../../parts/ago.tsx";
import { countText } from "../../parts/number-text.ts";
import { keyOf } from "./code-key.ts";
import styles from "./codes.module.css";
import { meaningText, toggleChosen } from "./decisions.ts";

interface CodeRowProps {
  readonly item: UnmappedCode;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  readonly decision: CodeDecision | undefined;
}

/** One code in one line; all of it but the box is the link. */
export const CodeRow = memo(function CodeRow(props: CodeRowProps) {
  const { item, index, top, isCurrent, isChosen, decision } = props;
  const { site, table, local, field, count, lastSeenAt } = item;
  return (
    <tr
      aria-rowindex={index + 1}
      className={styles["row"]}
      data-current={isCurrent || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <td className={styles["choose"]}>
        {local === "" ? null : (
          <input
            type="checkbox"
            aria-label={`Choose ${local}`}
            checked={isChosen}
            onChange={() => toggleChosen(item)}
          />
        )}
      </td>
      <td className={`${styles["local"]} mono`}>
        {local === "" ? (
          <span className="quiet">not short and plain</span>
        ) : (
          <Link
            to="/codes"
            search={(search) => ({ ...search, open: keyOf(item) })}
            className={styles["link"]}
          >
            <bdi>{local}</bdi>
          </Link>
        )}
      </td>
      <td className={styles["where"]} title={`Last in ${field}`}>
        {site} / {table}
      </td>
      <td className={styles["count"]}>{countText(count)}</td>
      <td className={styles["seen"]}>
        <Ago at={lastSeenAt} site={site} />
      </td>
      <td className={`${styles["decision"]} mono`}>
        {decision === undefined ? "–" : meaningText(decision)}
      </td>
    </tr>
  );
});
