import { getRouteApi } from "@tanstack/react-router";
import type { UnmappedCode } from "@trestle/api/contract";
import { useEffect, useState } from "react";
import { useStore } from "../../api/store.ts";
import { isFree } from "../../app/keyboard.ts";
import { counted } from "../../parts/number-text.ts";
import { useRowKeys } from "../../parts/row-keys.ts";
import { useVirtualRows } from "../../parts/virtual-rows.ts";
import { keyOf } from "./code-key.ts";
import { CodeRow } from "./code-row.tsx";
import styles from "./codes.module.css";
import { chosenStore, decisionsStore, toggleChosen } from "./decisions.ts";

interface CodeTableProps {
  readonly items: readonly UnmappedCode[];
  /** Fetches the next page; undefined where there is none, or one is on its way. */
  readonly more: (() => unknown) | undefined;
  readonly isWhole: boolean;
}

export function CodeTable({ items, more, isWhole }: CodeTableProps) {
  const { scroller, drawn, height, reveal } = useVirtualRows({ items, keyOf, more });
  const current = useCurrentCode(items, reveal);
  const [chosen, decisions] = [useStore(chosenStore), useStore(decisionsStore)];
  return (
    <>
      <div ref={scroller} className={styles["scroller"]}>
        <table
          className={styles["list"]}
          aria-label="Codes without a row"
          aria-rowcount={isWhole ? items.length : -1}
        >
          <Heads />
          <tbody className={styles["rows"]} style={{ height }}>
            {drawn.map(({ item, key, index, top }) => (
              <CodeRow
                key={key}
                item={item}
                index={index}
                top={top}
                isCurrent={index === current}
                isChosen={chosen.has(key)}
                decision={decisions.get(key)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles["foot"]}>
        {counted(items.length, "code")}
        {isWhole ? "" : ", more as you scroll"}
      </p>
    </>
  );
}

const route = getRouteApi("/codes");

/** The row that `j` and `k` move: the open one where one is open. `x` chooses it. */
function useCurrentCode(items: readonly UnmappedCode[], reveal: (index: number) => void): number {
  const [kept, setKept] = useState<string>();
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const key = open ?? kept;
  const current = key === undefined ? -1 : items.findIndex((item) => keyOf(item) === key);
  const show = (shown: string | undefined, replace: boolean) =>
    void navigate({ search: (search) => ({ ...search, open: shown }), replace });
  const keyAt = (index: number) => {
    const item = items[index];
    return item === undefined ? undefined : keyOf(item);
  };
  useRowKeys({
    count: items.length,
    // A link may have opened a code that is further down than what was fetched.
    current: current < 0 && open !== undefined ? 0 : current,
    move(index) {
      if (open === undefined) setKept(keyAt(index));
      else {
        setKept(open);
        show(keyAt(index), true);
      }
      if (index >= 0) reveal(index);
    },
    open: (index) => show(keyAt(index), false),
  });
  useChooseKey(items[current]);
  return current;
}

function useChooseKey(item: UnmappedCode | undefined): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "x" || item === undefined || !isFree(event)) return;
      if (item.local === "") return;
      toggleChosen(item);
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [item]);
}

function Heads() {
  return (
    <thead className={styles["heads"]}>
      <tr className={styles["row"]}>
        {heads.map(([name, title]) => (
          <th scope="col" key={name} className={styles[name]}>
            {name === "choose" ? <span className="visually-hidden">{title}</span> : title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

const heads = [
  ["choose", "Chosen"],
  ["local", "Code"],
  ["where", "Site / table"],
  ["count", "Messages"],
  ["seen", "Last seen"],
  ["decision", "Decided"],
] as const;
