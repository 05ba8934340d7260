import { getRouteApi } from "@tanstack/react-router";
import type { RecordItem } from "@trestle/api/contract";
import { useMemo, useState } from "react";
import { counted } from "../../parts/number-text.ts";
import { Section } from "../../parts/page.tsx";
import styles from "./patient.module.css";
import { Happened, Source } from "./source.tsx";
import { type Event, type Kind, eventsOf, kinds } from "./timeline.ts";
import { TimeStrip } from "./time-strip.tsx";

const route = getRouteApi("/patients/$patientId");

/** What happened, newest first; on top the whole of it at a glance. */
export function Timeline({ items, site }: { items: readonly RecordItem[]; site: string }) {
  const { kind: chosen } = route.useSearch();
  const events = useMemo(() => eventsOf(items), [items]);
  const [most, setMost] = useState(firstEvents);
  const seen = events.filter(({ kind }) => chosen === undefined || kind === chosen);
  return (
    <Section title="Timeline" note={counted(seen.length, "event")}>
      <TimeStrip events={events} site={site} />
      <KindFilter events={events} chosen={chosen} />
      {seen.length === 0 ? <p className="quiet">Nothing was heard of yet.</p> : null}
      <ol className={styles["events"]}>
        {seen.slice(0, most).map((event) => (
          <OneEvent key={`${event.item.resourceType}/${event.item.id}`} event={event} site={site} />
        ))}
      </ol>
      {seen.length > most ? (
        <button type="button" className={styles["more"]} onClick={() => setMost(most + moreEvents)}>
          {counted(seen.length - most, "older event")}
        </button>
      ) : null}
    </Section>
  );
}

function KindFilter({ events, chosen }: { events: readonly Event[]; chosen: string | undefined }) {
  const navigate = route.useNavigate();
  const choose = (kind: Kind | undefined) =>
    void navigate({ search: (search) => ({ ...search, kind }), replace: true, resetScroll: false });
  const present = kinds.filter((kind) => events.some((event) => event.kind === kind));
  if (present.length < 2) return null;
  return (
    <fieldset className={styles["kinds"]} aria-label="Kinds of events">
      {[undefined, ...present].map((kind) => (
        <button
          key={kind ?? "all"}
          type="button"
          className={styles["chip"]}
          aria-pressed={chosen === kind}
          onClick={() => choose(kind)}
        >
          {kind === undefined ? "all" : `${kind}s`}
        </button>
      ))}
    </fieldset>
  );
}

function OneEvent({ event, site }: { event: Event; site: string }) {
  const { item, kind, what, detail, text } = event;
  return (
    <li className={styles["event"]}>
      <span className={styles["when"]}>
        <Happened item={item} site={site} />
      </span>
      <span className="quiet">{kind}</span>
      <span>
        <bdi>{what}</bdi> <span className="quiet">{detail}</span>
        {text === "" ? null : (
          <details>
            <summary>Read</summary>
            <pre className={styles["letter"]}>{text}</pre>
          </details>
        )}
      </span>
      <span className={styles["source"]}>
        <Source item={item} site={site} />
      </span>
    </li>
  );
}

const firstEvents = 60;
const moreEvents = 200;
