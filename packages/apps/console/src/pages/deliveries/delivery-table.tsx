import { Link, useNavigate } from "@tanstack/react-router";
import type { Delivery } from "@trestle/api/contract";
import { useState } from "react";
import { Ago } from "../../parts/ago.tsx";
import { Decide } from "../../parts/decide.tsx";
import { useRowKeys } from "../../parts/row-keys.ts";
import { StateWord } from "../../parts/state-mark.tsx";
import { deliveryWords } from "../../parts/state-words.ts";
import styles from "../../parts/table.module.css";
import own from "./deliveries.module.css";

/** One delivery a row; why it is held, and what can be done about it. */
export function DeliveryTable({ deliveries }: { deliveries: readonly Delivery[] }) {
  const [current, setCurrent] = useState(-1);
  const navigate = useNavigate();
  useRowKeys({
    count: deliveries.length,
    current,
    move: setCurrent,
    open(index) {
      const messageId = deliveries[index]?.messageId;
      if (messageId !== undefined)
        void navigate({ to: "/messages/$messageId", params: { messageId } });
    },
  });
  return (
    <table className={styles["table"]} id="deliveries">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Owed since</th>
          <th scope="col">Destination</th>
          <th scope="col" className={styles["medium"]}>
            Message
          </th>
          <th scope="col" className={styles["wide"]}>
            Site / channel
          </th>
          <th scope="col" className={`${styles["number"]} ${styles["medium"]}`}>
            Tries
          </th>
          <th scope="col" className={styles["wide"]}>
            Why
          </th>
          <th scope="col">
            <span className="visually-hidden">Decide</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery, index) => (
          <DeliveryRow key={delivery.id} delivery={delivery} isCurrent={index === current} />
        ))}
      </tbody>
    </table>
  );
}

function DeliveryRow({ delivery, isCurrent }: { delivery: Delivery; isCurrent: boolean }) {
  const { state, word } = deliveryWords[delivery.state];
  const { messageId, type, reason } = delivery;
  return (
    <tr data-current={isCurrent || undefined} ref={isCurrent ? reveal : undefined}>
      <td>
        <StateWord state={state} word={word} />
      </td>
      <td className={styles["whole"]}>
        <Link to="/messages/$messageId" params={{ messageId }}>
          <Ago at={delivery.createdAt} site={delivery.site} />
        </Link>
      </td>
      <td className={styles["id"]}>
        {delivery.destination}
        {delivery.isReplay ? <span className="quiet"> replay</span> : null}
      </td>
      <td className={`${styles["medium"]} ${styles["id"]}`}>
        {type} <span className="quiet mono">{messageId}</span>
      </td>
      <td className={`${styles["wide"]} ${styles["id"]}`}>
        {delivery.site} / {delivery.channel}
      </td>
      <td className={`${styles["number"]} ${styles["medium"]}`}>{delivery.attempts}</td>
      <td className={styles["wide"]}>
        {reason === undefined ? null : (
          <span className={own["text"]}>
            {reason.text} <span className="quiet">{reason.hint}</span>
          </span>
        )}
      </td>
      <td className={styles["number"]}>
        <Decide delivery={delivery} />
      </td>
    </tr>
  );
}

function reveal(row: HTMLTableRowElement | null): void {
  row?.scrollIntoView({ block: "nearest" });
}
