import type { TreeNode } from "@trestle/api/contract";
import { useMemo } from "react";
import { counted } from "../../parts/number-text.ts";
import styles from "./message.module.css";
import { relationOf } from "./place.ts";
import type { ResultLeaf, ResultResource } from "./result.ts";
import type { Selection } from "./selection.ts";

interface InspectorProps {
  readonly tree: readonly TreeNode[];
  readonly resources: readonly ResultResource[];
  readonly selection: Selection;
}

/** One line about what is pointed at, or selected: its name, its table row, where it went. */
export function Inspector({ tree, resources, selection }: InspectorProps) {
  const at = selection.hovered ?? selection.at;
  const names = useMemo(() => namesOf(tree), [tree]);
  const went = useMemo(() => (at === undefined ? [] : wentTo(at, resources)), [at, resources]);
  if (at === undefined) {
    return (
      <p className={styles["inspector"]}>
        Point at a field to see its name and where it went; select it to light up what came of it.
      </p>
    );
  }
  const mapRows = [...new Set(went.flatMap(({ source }) => source?.by ?? []))];
  const rows = [...new Set(went.flatMap(({ source }) => source?.row ?? []))];
  return (
    <p className={styles["inspector"]} aria-live="polite">
      <strong className="mono">{at}</strong> {nameOf(at, names)}
      {mapRows.length === 0 ? null : <span> · map row {mapRows.slice(0, 2).join(", ")}</span>}
      {rows.length === 0 ? null : <span> · table row {rows.slice(0, 2).join(", ")}</span>}
      <span>
        {" · "}
        {went.length === 0 ? "went nowhere" : `went to ${counted(went.length, "value")}: `}
      </span>
      <span className="mono">{went.slice(0, 3).map(leafText).join(", ")}</span>
      {went.length > 3 ? " …" : ""}
    </p>
  );
}

function leafText({ path, short }: ResultLeaf): string {
  return `${/^entry\[\d+\]/u.exec(path)?.[0] ?? ""} ${short}`.trim();
}

function wentTo(at: string, resources: readonly ResultResource[]): readonly ResultLeaf[] {
  return resources.flatMap(({ leaves }) =>
    leaves.filter(({ source }) => {
      const { field } = source ?? {};
      return field !== undefined && relationOf(field, at) !== undefined;
    }),
  );
}

/** `Patient Name, Family Name`: the names from the segment down to the place. */
function nameOf(at: string, names: ReadonlyMap<string, string>): string {
  const field = at.replace(/(?:\[\d+\])?(?:\.\d+)*$/u, "");
  const steps = [at.replace(/-.*$/u, ""), at.includes("-") ? field : at, at];
  const found = [...new Set(steps)].map((step) => names.get(step)).filter((name) => name);
  return found.join(" › ");
}

function namesOf(nodes: readonly TreeNode[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const walk = (list: readonly TreeNode[]) => {
    for (const { at, label, children } of list) {
      if (label !== "") names.set(at, label);
      walk(children);
    }
  };
  walk(nodes);
  return names;
}
