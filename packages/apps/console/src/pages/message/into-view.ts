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
    if (current === null || selected === undefined) return undefined;
    reveal(current);
    // What was out of sight had a height that was guessed; now that it is drawn, it is known.
    const frame = requestAnimationFrame(() => reveal(current));
    return () => cancelAnimationFrame(frame);
  }, [selected]);
  return pane;
}

function reveal(pane: HTMLElement): void {
  const lit =
    pane.querySelector<HTMLElement>('[data-light="same"]') ??
    pane.querySelector<HTMLElement>('[data-light="near"]');
  if (lit === null) return;
  const inner = lit.getBoundingClientRect();
  const outer = pane.getBoundingClientRect();
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
  pane.scrollTop += inner.top - outer.top - outer.height / 3;
}
