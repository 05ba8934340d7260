import { Link } from "@tanstack/react-router";
import type { MessageSummary } from "@trestle/api/contract";
import { memo } from "react";
import { Ago } from "../../parts/ago.tsx";
import { identifierText } from "../../parts/identifier-text.ts";
import { counted, sizeText } from "../../parts/number-text.ts";
import { StateWord } from "../../parts/state-mark.tsx";
import { messageState } from "../../parts/state-words.ts";
import styles from "./messages.module.css";

interface MessageRowProps {
  readonly item: MessageSummary;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly isCurrent: boolean;
}

/** One message in one line; all of it is the link. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { item, index, top, isCurrent } = props;
  const { state, word } = messageState(item);
  const said = item.outcome === "mappedWithWarnings" ? counted(item.warnings, "warning") : word;
  const why = item.reason === undefined ? undefined : `${item.reason.text} ${item.reason.hint}`;
  return (
    <tr
      aria-rowindex={index + 1}
      className={styles["row"]}
      data-current={isCurrent || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <td className={styles["time"]}>
        <Link
          to="/messages/$messageId"
          params={{ messageId: item.id }}
          className={styles["link"]}
          aria-label={`Message ${item.id}`}
        />
        <Ago at={item.receivedAt} site={item.site} />
      </td>
      <td className={styles["type"]}>
        {item.type === "" ? <span className="quiet">unknown</span> : item.type}
      </td>
      <td className={`${styles["control"]} mono`}>
        {item.controlId === "" ? "–" : item.controlId}
      </td>
      <td className={`${styles["patient"]} mono`}>
        <bdi>{item.patient === undefined ? "–" : identifierText(item.patient)}</bdi>
      </td>
      <td className={styles["channel"]}>
        {item.site} / {item.channel}
      </td>
      <td className={styles["outcome"]} title={why}>
        <StateWord state={state} word={said} />
        {item.reason === undefined ? null : (
          <span className={styles["reason"]}> {item.reason.text}</span>
        )}
      </td>
      <td className={`${styles["answer"]} mono`}>{item.answer === "none" ? "–" : item.answer}</td>
      <td className={styles["size"]}>{sizeText(item.bytes)}</td>
    </tr>
  );
});
