import { Link } from "@tanstack/react-router";
import type { RecordItem } from "@trestle/api/contract";
import { Ago } from "../../parts/ago.tsx";
import { hubNow } from "../../parts/clock.ts";
import { useSite } from "../../parts/sites.ts";
import { absoluteTime, dayText, momentText } from "../../parts/time.ts";
import styles from "./patient.module.css";

interface HappenedProps {
  readonly item: RecordItem;
  readonly site: string;
}

interface SourceProps extends HappenedProps {
  /** Whether a heading says already that it is about when it was heard of. */
  readonly isUnderHeading?: boolean;
}

/** When it was heard of, as a link to the message that said it. */
export function Source({ item, site, isUnderHeading = false }: SourceProps) {
  const zone = useSite(site)?.timeZone;
  const heard = absoluteTime(Date.parse(item.heardAt), zone);
  const happened = Date.parse(item.happenedAt);
  const when = Number.isNaN(happened) ? "time not known" : absoluteTime(happened, zone);
  return (
    <Link
      to="/messages/$messageId"
      params={{ messageId: item.messageId }}
      title={`Happened ${when}; heard ${heard}; from message ${item.messageId}, version ${item.versions}`}
    >
      <span className={`quiet ${styles["source"]}`}>
        {isUnderHeading ? "" : "heard "}
        <Ago at={item.heardAt} site={site} />
      </span>
    </Link>
  );
}

/** When it happened, as exactly as FHIR says it, in the site's zone. */
export function Happened({ item, site }: HappenedProps) {
  const zone = useSite(site)?.timeZone;
  const { happenedAt } = item;
  const time = Date.parse(happenedAt);
  if (Number.isNaN(time)) return <span className="quiet">{happenedAt || "not known"}</span>;
  const isDay = happenedAt.length <= 10;
  return (
    <time
      className={styles["when"]}
      dateTime={happenedAt}
      title={isDay ? happenedAt : absoluteTime(time, zone)}
    >
      {isDay ? dayText(time, "UTC") : momentText(time, { zone, now: hubNow() })}
    </time>
  );
}
