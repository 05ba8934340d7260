import { Link } from "@tanstack/react-router";
import type { RecordItem } from "@trestle/api/contract";
import { Ago } from "../../parts/ago.tsx";
import { useSite } from "../../parts/sites.ts";
import { absoluteTime, dayText, momentText } from "../../parts/time.ts";

interface SourceProps {
  readonly item: RecordItem;
  readonly site: string;
}

/** When it was heard of, as a link to the message that said it. */
export function Source({ item, site }: SourceProps) {
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
      <span className="quiet">
        heard <Ago at={item.heardAt} site={site} />
      </span>
    </Link>
  );
}

/** When it happened, as exactly as FHIR says it, in the site's zone. */
export function Happened({ item, site }: SourceProps) {
  const zone = useSite(site)?.timeZone;
  const { happenedAt } = item;
  const time = Date.parse(happenedAt);
  if (Number.isNaN(time)) return <span className="quiet">{happenedAt || "not known"}</span>;
  const isDay = happenedAt.length <= 10;
  return (
    <time dateTime={happenedAt} title={isDay ? happenedAt : absoluteTime(time, zone)}>
      {isDay ? dayText(time, "UTC") : momentText(time, zone)}
    </time>
  );
}
