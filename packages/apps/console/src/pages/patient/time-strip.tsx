import { useSite } from "../../parts/sites.ts";
import { dayText } from "../../parts/time.ts";
import { textAt } from "./fhir.ts";
import styles from "./patient.module.css";
import { timeOf } from "./record.ts";
import { type Event, type Kind, kinds } from "./timeline.ts";

/**
 * All events on one axis, a lane for each kind; stays are bars, all else are ticks. What has no
 * time of its own is not drawn.
 */
export function TimeStrip({ events: all, site }: { events: readonly Event[]; site: string }) {
  const zone = useSite(site)?.timeZone;
  const events = all.filter(({ item }) => !Number.isNaN(Date.parse(item.happenedAt)));
  const lanes = kinds.filter((kind) => events.some((event) => event.kind === kind));
  const ends = events.flatMap((event) => [timeOf(event.item), endOf(event)]);
  const first = Math.min(...ends);
  const span = Math.max(...ends) - first;
  if (events.length < 3 || span <= 0) return null;
  const x = (time: number) => ((time - first) / span) * 1000;
  const label = `${events.length} events from ${dayText(first, zone)} to ${dayText(first + span, zone)}`;
  return (
    <div className={styles["strip"]}>
      <div className={styles["lanes"]} aria-hidden="true">
        {lanes.map((kind) => (
          <span key={kind}>{kind}s</span>
        ))}
      </div>
      <svg
        viewBox={`0 0 1000 ${lanes.length * laneHeight}`}
        preserveAspectRatio="none"
        style={{ height: lanes.length * laneHeight }}
        role="img"
        aria-label={label}
      >
        {lanes.map((kind, lane) => (
          <Lane key={kind} events={ofKind(events, kind)} top={lane * laneHeight} x={x} />
        ))}
      </svg>
      <span />
      <div className={styles["axis"]}>
        <span>{dayText(first, zone)}</span>
        <span>{dayText(first + span, zone)}</span>
      </div>
    </div>
  );
}

interface LaneProps {
  readonly events: readonly Event[];
  readonly top: number;
  readonly x: (time: number) => number;
}

function Lane({ events, top, x }: LaneProps) {
  return (
    <g>
      <line x1="0" x2="1000" y1={top + laneHeight - 0.5} y2={top + laneHeight - 0.5} />
      {events.map((event) => {
        const left = x(timeOf(event.item));
        return (
          <rect
            key={`${event.item.resourceType}/${event.item.id}`}
            x={Math.min(left, 1000 - tickWidth)}
            y={top + 4}
            width={Math.max(tickWidth, x(endOf(event)) - left)}
            height={laneHeight - 8}
          />
        );
      })}
    </g>
  );
}

function ofKind(events: readonly Event[], kind: Kind): readonly Event[] {
  return events.filter((event) => event.kind === kind);
}

/** Only a stay has an end; all else ends when it happens. */
function endOf({ item }: Event): number {
  const end = Date.parse(textAt(item.resource, "period", "end"));
  return Number.isNaN(end) ? timeOf(item) : Math.max(end, timeOf(item));
}

const laneHeight = 18;
const tickWidth = 4;
