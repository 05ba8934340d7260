import type { TreeNode } from "@trestle/api/contract";
import { type KeyboardEvent, useMemo, useState } from "react";
import { Empty } from "../../parts/notice.tsx";
import { useIntoView } from "./into-view.ts";
import styles from "./message.module.css";
import type { Selection } from "./selection.ts";

/** The message with the standard's names for what stands in it. */
export function TreeView({ tree, selection }: { tree: readonly TreeNode[]; selection: Selection }) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => rowsOf(tree, closed), [tree, closed]);
  const pane = useIntoView<HTMLDivElement>(selection.at);
  if (tree.length === 0) {
    return (
      <Empty title="No tree">
        <p>What was received cannot be read as a message. The wire text shows what came.</p>
      </Empty>
    );
  }
  const fold = (at: string) => setClosed(toggled(closed, at));
  return (
    <div
      ref={pane}
      className={styles["pane"]}
      role="tree"
      aria-label="Tree"
      tabIndex={0}
      onKeyDown={(event) => step(event, { rows, selection, fold })}
    >
      {rows.map((row) => (
        <Row key={row.node.at} row={row} selection={selection} fold={fold} />
      ))}
    </div>
  );
}

interface TreeRow {
  readonly node: TreeNode;
  readonly depth: number;
  readonly isOpen: boolean;
}

interface RowProps {
  readonly row: TreeRow;
  readonly selection: Selection;
  readonly fold: (at: string) => void;
}

function Row({ row, selection, fold }: RowProps) {
  const { node, depth, isOpen } = row;
  const light = depth === 0 ? sameOnly(node.at, selection) : selection.lightOfPlace(node.at);
  const hasMore = node.children.length > 0;
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={selection.at === node.at}
      aria-expanded={hasMore ? isOpen : undefined}
      tabIndex={-1}
      className={styles["node"]}
      data-light={light}
      data-depth={depth}
      style={{ paddingLeft: 4 + depth * 14 }}
      onClick={() => selection.selectPlace(node.at)}
      onDoubleClick={() => fold(node.at)}
      onMouseEnter={() => selection.hover(node.at)}
      onMouseLeave={() => selection.hover(undefined)}
      onKeyDown={() => {}}
    >
      <span className={`${styles["place"]} mono`}>{shortPlace(node.at, depth)}</span>
      <span className={styles["label"]}>{node.label}</span>
      {node.text === "" ? null : <bdi className={`${styles["text"]} mono`}>{node.text}</bdi>}
    </div>
  );
}

function rowsOf(
  nodes: readonly TreeNode[],
  closed: ReadonlySet<string>,
  depth = 0,
): readonly TreeRow[] {
  return nodes.flatMap((node) => {
    const isOpen = !closed.has(node.at);
    return [{ node, depth, isOpen }, ...(isOpen ? rowsOf(node.children, closed, depth + 1) : [])];
  });
}

/** `PID`, then `3`, then `[1]`, then `.4`: what stands above needs not be said again. */
function shortPlace(at: string, depth: number): string {
  if (depth === 0) return at;
  const field = at.slice(at.indexOf("-") + 1);
  return depth === 1 ? field : field.replace(/^\d+/u, "");
}

function sameOnly(at: string, selection: Selection) {
  return selection.at === at ? ("same" as const) : undefined;
}

function toggled(set: ReadonlySet<string>, at: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(at)) next.add(at);
  return next;
}

interface Stepping {
  readonly rows: readonly TreeRow[];
  readonly selection: Selection;
  readonly fold: (at: string) => void;
}

/** Up and down move, left closes or goes to what is around, right opens. */
function step(event: KeyboardEvent, { rows, selection, fold }: Stepping): void {
  const present = rows.findIndex(({ node }) => node.at === selection.at);
  const row = rows[present];
  const canFold = row !== undefined && row.node.children.length > 0;
  switch (event.key) {
    case "ArrowDown":
      selection.selectPlace(rows[Math.min(rows.length - 1, present + 1)]?.node.at);
      break;
    case "ArrowUp":
      selection.selectPlace(rows[Math.max(0, present - 1)]?.node.at);
      break;
    case "ArrowLeft":
      if (canFold && row.isOpen) fold(row.node.at);
      else selection.selectPlace(around(rows, present));
      break;
    case "ArrowRight":
      if (canFold && !row.isOpen) fold(row.node.at);
      break;
    default:
      return;
  }
  event.preventDefault();
}

function around(rows: readonly TreeRow[], present: number): string | undefined {
  const depth = rows[present]?.depth ?? 0;
  return rows.slice(0, Math.max(0, present)).findLast((row) => row.depth < depth)?.node.at;
}
