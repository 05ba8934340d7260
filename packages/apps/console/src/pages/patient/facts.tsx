import type { RecordItem } from "@trestle/api/contract";
import { useMemo } from "react";
import { hubNow } from "../../parts/clock.ts";
import styles from "./patient.module.css";
import {
  type Fact,
  allergiesOf,
  comingAppointments,
  coverageOf,
  medicationsOf,
  problemsOf,
} from "./record.ts";
import { Happened, Source } from "./source.tsx";

interface FactsProps {
  readonly items: readonly RecordItem[];
  readonly site: string;
}

/** What one wants to know first, side by side under plain headings. */
export function Facts({ items, site }: FactsProps) {
  const columns = useMemo(() => columnsOf(items), [items]);
  return (
    <div className={styles["facts"]}>
      {columns.map(({ title, facts, none, isDated }) => (
        <section key={title} aria-label={title}>
          <h2 className={styles["heading"]}>{title}</h2>
          {facts.length === 0 ? <p className="quiet">{none}</p> : null}
          <ul className={styles["list"]}>
            {facts.slice(0, mostFacts).map((fact) => (
              <li key={fact.item.id} className={styles["fact"]}>
                <bdi>{fact.what === "" ? "unnamed" : fact.what}</bdi>
                <span className={styles["detail"]}>
                  {isDated ? <Happened item={fact.item} site={site} /> : null} {fact.detail}{" "}
                  <Source item={fact.item} site={site} />
                </span>
              </li>
            ))}
          </ul>
          {facts.length > mostFacts ? (
            <p className="quiet">and {facts.length - mostFacts} more, in the timeline</p>
          ) : null}
        </section>
      ))}
    </div>
  );
}

interface Column {
  readonly title: string;
  readonly facts: readonly Fact[];
  /** What it means that there is none: never that the patient has none. */
  readonly none: string;
  readonly isDated?: boolean;
}

function columnsOf(items: readonly RecordItem[]): readonly Column[] {
  return [
    { title: "Problems", facts: problemsOf(items), none: "None heard of" },
    { title: "Allergies", facts: allergiesOf(items), none: "None heard of" },
    {
      title: "Medications given",
      facts: medicationsOf(items),
      none: "None heard of",
      isDated: true,
    },
    {
      title: "Next appointment",
      facts: comingAppointments(items, hubNow()).slice(0, 1),
      none: "None booked that we heard of",
      isDated: true,
    },
    { title: "Coverage", facts: coverageOf(items), none: "None heard of" },
  ];
}

const mostFacts = 6;
