import { useEffect, useRef } from "react";
import { isFree } from "../app/keyboard.ts";

interface RowKeys {
  readonly count: number;
  /** The current row; -1 while there is none. */
  readonly current: number;
  readonly move: (index: number) => void;
  readonly open: (index: number) => void;
}

/** `j` and `k` move among rows, Enter opens the current one, Escape lets go of it. */
export function useRowKeys(keys: RowKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isFree(event) && act(event, latest.current)) event.preventDefault();
    };
    // Before the keys that work everywhere, so that Escape lets go of a row first.
    document.addEventListener("keydown", press, { capture: true });
    return () => document.removeEventListener("keydown", press, { capture: true });
  }, []);
}

/** @returns Whether the key was one of these. */
function act(event: KeyboardEvent, { count, current, move, open }: RowKeys): boolean {
  switch (event.key) {
    case "j":
      if (count > 0) move(Math.min(count - 1, current + 1));
      return count > 0;
    case "k":
      if (count > 0) move(Math.max(0, current - 1));
      return count > 0;
    case "Enter":
      if (current < 0 || isControl(event.target)) return false;
      open(current);
      return true;
    case "Escape":
      if (current < 0) return false;
      move(-1);
      return true;
    default:
      return false;
  }
}

/** A link or button that has the focus takes Enter itself. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a,button") !== null;
}
