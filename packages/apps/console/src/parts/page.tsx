import type { Health } from "@trestle/api/contract";
import { type ReactNode, useEffect } from "react";
import styles from "./page.module.css";
import { StateMark } from "./state-mark.tsx";

interface PageProps {
  /** The name of the page, for the tab. Never a patient's. */
  readonly title: string;
  /** The situation in one sentence. */
  readonly sentence: ReactNode;
  readonly state?: Health | undefined;
  /** Controls at the right of the sentence. */
  readonly aside?: ReactNode;
  /** Whether its last part scrolls in itself and takes all the height that is left. */
  readonly isFilling?: boolean;
  readonly children: ReactNode;
}

/** A page: its answer first, then the rest. */
export function Page({ title, sentence, state, aside, isFilling = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Trestle`;
  }, [title]);
  return (
    <div className={styles["page"]} data-filling={isFilling || undefined}>
      <header className={styles["head"]}>
        <h1 className={styles["sentence"]}>
          {state === undefined ? null : <StateMark state={state} />}
          <span>{sentence}</span>
        </h1>
        {aside}
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under a quiet heading; no box. */
export function Section({ title, note, children }: SectionProps) {
  return (
    <section className={styles["section"]} aria-label={title}>
      <h2 className={styles["heading"]}>
        {title}
        {note === undefined ? null : <span className={styles["note"]}>{note}</span>}
      </h2>
      {children}
    </section>
  );
}
