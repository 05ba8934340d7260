import type { ReactNode, Ref } from "react";

interface ScrollPaneProps {
  /** What is in it, for who does not see it. */
  readonly label: string;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLElement>;
  readonly children: ReactNode;
}

/** A part of a page that scrolls in itself; arrow keys scroll it once it has the focus. */
export function ScrollPane({ label, className, ref, children }: ScrollPaneProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- WCAG 2.1.1: without it no key scrolls the pane in Safari
    <section ref={ref} className={className} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
