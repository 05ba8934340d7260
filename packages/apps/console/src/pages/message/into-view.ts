import { useEffect, useRef } from "react";

/**
 * Scrolls a pane to the first thing in it that is lit, each time the selection changes. Only the
 * pane moves, and only when that thing is out of sight.
 *
 * @param selected What is selected; a change of it is what moves the pane.
 */
export function useIntoView<T extends HTMLElement>(selected: string | undefined) {
  const pane = useRef<T>(null);
  useEffect(() => {
    const { current } = pane;
    if (current === null || selected === undefined) return;
    const lit =
      current.querySelector<HTMLElement>('[data-light="same"]') ??
      current.querySelector<HTMLElement>('[data-light="near"]');
    if (lit === null) return;
    const inner = lit.getBoundingClientRect();
    const outer = current.getBoundingClientRect();
    if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
    current.scrollTop += inner.top - outer.top - outer.height / 3;
  }, [selected]);
  return pane;
}
