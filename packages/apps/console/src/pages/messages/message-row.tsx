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
  const why = item.reason === undefined ? undefined : `${item.reason.text} ${item.reason.hint}`;
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      className={styles["row"]}
      data-current={isCurrent || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="cell" className={styles["time"]}>
        <Link
          to="/messages/$messageId"
          params={{ messageId: item.id }}
          className={styles["link"]}
          aria-label={`Message ${item.id}`}
        />
        <Ago at={item.receivedAt} site={item.site} />
      </span>
      <span role="cell" className={styles["type"]}>
        {item.type === "" ? <span className="quiet">unknown</span> : item.type}
      </span>
      <span role="cell" className={`${styles["control"]} mono`}>
        {item.controlId === "" ? "–" : item.controlId}
      </span>
      <span role="cell" className={`${styles["patient"]} mono`}>
        <bdi>{item.patient === undefined ? "–" : identifierText(item.patient)}</bdi>
      </span>
      <span role="cell" className={styles["channel"]}>
        {item.site} / {item.channel}
      </span>
      <span role="cell" className={styles["outcome"]} title={why}>
        <StateWord state={state} word={word} />
        {item.warnings > 0 ? (
          <span className="visually-hidden">{counted(item.warnings, "warning")}</span>
        ) : null}
        {item.reason === undefined ? null : (
          <span className={styles["reason"]}> {item.reason.text}</span>
        )}
      </span>
      <span role="cell" className={`${styles["answer"]} mono`}>
        {item.answer === "none" ? "–" : item.answer}
      </span>
      <span role="cell" className={styles["size"]}>
        {sizeText(item.bytes)}
      </span>
    </div>
  );
});
