import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";

/** Rows that come by page, in a box that scrolls. */
interface Rows<T> {
  readonly items: readonly T[];
  /** What names an item, so that it stays itself when others come. */
  readonly keyOf: (item: T) => string;
  /** Fetches the next page; undefined where there is none, or one is on its way. */
  readonly more: (() => unknown) | undefined;
}

interface DrawnRow<T> {
  readonly item: T;
  readonly key: string;
  readonly index: number;
  /** In pixels from the first row. */
  readonly top: number;
}

interface VirtualRows<T> {
  /** The box that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Those in view, and a few around them. */
  readonly drawn: readonly DrawnRow<T>[];
  /** Of all rows, in pixels. */
  readonly height: number;
  readonly reveal: (index: number) => void;
}

/** Rows of 32 pixels, of which only those in view are drawn; more are fetched before the end. */
export function useVirtualRows<T>({ items, keyOf, more }: Rows<T>): VirtualRows<T> {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- it warns the React Compiler, which the build of vite.config.ts does not use
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    overscan: 12,
    getItemKey(index) {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
  });
  const inView = rows.getVirtualItems();
  const isNear = (inView.at(-1)?.index ?? 0) >= items.length - rowsAhead;
  useEffect(() => {
    if (isNear) more?.();
  }, [isNear, more]);
  const drawn = inView.flatMap(({ index, start }) => {
    const item = items[index];
    return item === undefined ? [] : [{ item, key: keyOf(item), index, top: start }];
  });
  return { scroller, drawn, height: rows.getTotalSize(), reveal: (at) => rows.scrollToIndex(at) };
}

const rowPixels = 32;
const rowsAhead = 60;
