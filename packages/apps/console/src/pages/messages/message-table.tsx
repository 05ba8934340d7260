import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { MessageSummary } from "@trestle/api/contract";
import { useCallback, useState } from "react";
import { countText, counted } from "../../parts/number-text.ts";
import { useRowKeys } from "../../parts/row-keys.ts";
import { useVirtualRows } from "../../parts/virtual-rows.ts";
import type { Waiting } from "./live-messages.ts";
import { MessageRow } from "./message-row.tsx";
import styles from "./messages.module.css";

interface MessageTableProps {
  readonly items: readonly MessageSummary[];
  readonly waiting: Waiting;
  /** Shows what waits. */
  readonly show: () => void;
  /** Told when new rows must wait, and when they need not any more. */
  readonly onHold: (isHeld: boolean) => void;
  /** Fetches older rows; undefined where there are none, or some are on their way. */
  readonly more: (() => unknown) | undefined;
  readonly isFull: boolean;
}

export function MessageTable(props: MessageTableProps) {
  const { items, waiting, show, more, isFull } = props;
  const { scroller, drawn, height, reveal } = useVirtualRows({ items, keyOf, more });
  const { current, choose } = useCurrentRow(props, reveal);
  const toTop = () => {
    choose(undefined);
    show();
    scroller.current?.scrollTo({ top: 0 });
  };
  return (
    <div className={styles["table"]}>
      {waiting.items.length === 0 ? null : (
        <Button size="compact-xs" className={styles["fresh"]} onClick={toTop}>
          ↑ {countText(waiting.items.length)}
          {waiting.isMore ? "+" : ""} new
        </Button>
      )}
      <div
        ref={scroller}
        className={styles["scroller"]}
        onScroll={({ currentTarget }) => props.onHold(currentTarget.scrollTop > 8 || current >= 0)}
      >
        <table
          className={styles["list"]}
          aria-label="Messages"
          aria-rowcount={more === undefined ? items.length : -1}
        >
          <Heads />
          <tbody className={styles["rows"]} style={{ height }}>
            {drawn.map(({ item, key, index, top }) => (
              <MessageRow
                key={key}
                item={item}
                index={index}
                top={top}
                isCurrent={index === current}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles["foot"]}>
        {footText(items.length, { isFull, isMore: more !== undefined })}
      </p>
    </div>
  );
}

function footText(count: number, { isFull, isMore }: { isFull: boolean; isMore: boolean }): string {
  const rows = counted(count, "row");
  if (isFull) return `${rows}: this is as far as the list goes. Narrow it, or choose a time.`;
  return isMore ? `${rows}, older ones as you scroll` : rows;
}

/** The row that `j` and `k` move, kept by id so that it stays itself when others come. */
function useCurrentRow({ items, onHold }: MessageTableProps, reveal: (index: number) => void) {
  const [chosen, setChosen] = useState<string>();
  const navigate = useNavigate();
  const current = chosen === undefined ? -1 : items.findIndex(({ id }) => id === chosen);
  const choose = useCallback(
    (id: string | undefined) => {
      setChosen(id);
      onHold(id !== undefined);
    },
    [onHold],
  );
  useRowKeys({
    count: items.length,
    current,
    move(index) {
      choose(items[index]?.id);
      if (index >= 0) reveal(index);
    },
    open(index) {
      const messageId = items[index]?.id;
      if (messageId !== undefined)
        void navigate({ to: "/messages/$messageId", params: { messageId } });
    },
  });
  return { current, choose };
}

function Heads() {
  return (
    <thead className={styles["heads"]}>
      <tr className={styles["row"]}>
        {heads.map(([name, title]) => (
          <th scope="col" key={name} className={styles[name]}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

const heads = [
  ["time", "Received"],
  ["type", "Type"],
  ["control", "Control id"],
  ["patient", "Patient"],
  ["channel", "Site / channel"],
  ["outcome", "Outcome"],
  ["answer", "Answer"],
  ["size", "Size"],
] as const;

const keyOf = ({ id }: MessageSummary) => id;
