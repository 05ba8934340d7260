import { Link } from "@tanstack/react-router";
import type { ChannelOverview, SiteOverview } from "@trestle/api/contract";
import { Fragment } from "react";
import { Ago } from "../../parts/ago.tsx";
import { countText, rateText } from "../../parts/number-text.ts";
import { Sparkline } from "../../parts/sparkline.tsx";
import { StateMark } from "../../parts/state-mark.tsx";
import { healthWords } from "../../parts/state-words.ts";
import styles from "../../parts/table.module.css";
import { WaitsForApproval } from "../../parts/waits-for-approval.tsx";
import { windowText } from "./window-text.ts";

interface SiteTableProps {
  readonly sites: readonly SiteOverview[];
  readonly minutes: number;
  /** The current row, counted over sites and their channels. */
  readonly current: number;
}

/** Each site with its channels below it. */
export function SiteTable({ sites, minutes, current }: SiteTableProps) {
  const before = rowsBefore(sites);
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">Site, channel</th>
          <th scope="col" className={styles["number"]}>
            Now
          </th>
          <th scope="col" className={styles["spark"]}>
            Messages, {windowText(minutes)}
          </th>
          <th scope="col" className={styles["medium"]}>
            Last
          </th>
          <th scope="col" className={`${styles["number"]} ${styles["medium"]}`}>
            Warnings
          </th>
          <th scope="col" className={styles["number"]}>
            Errors
          </th>
        </tr>
      </thead>
      <tbody>
        {sites.map((site, index) => (
          <Fragment key={site.id}>
            <FlowRow
              flow={site}
              site={site}
              minutes={minutes}
              isCurrent={before[index] === current}
            />
            {site.channels.map((channel, below) => (
              <FlowRow
                key={channel.id}
                flow={channel}
                site={site}
                channel={channel}
                minutes={minutes}
                isCurrent={(before[index] ?? 0) + 1 + below === current}
              />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

/** For each site how many rows stand above it. */
function rowsBefore(sites: readonly SiteOverview[]): readonly number[] {
  let rows = 0;
  return sites.map(({ channels }) => {
    const before = rows;
    rows += 1 + channels.length;
    return before;
  });
}

interface FlowRowProps {
  readonly flow: SiteOverview | ChannelOverview;
  readonly site: SiteOverview;
  readonly channel?: ChannelOverview;
  readonly minutes: number;
  readonly isCurrent: boolean;
}

function FlowRow({ flow, site, channel, minutes, isCurrent }: FlowRowProps) {
  const search = { site: site.id, channel: channel?.id };
  const within = { ...search, last: minutes };
  return (
    <tr
      data-current={isCurrent || undefined}
      className={channel === undefined ? styles["group"] : undefined}
    >
      <td className={channel === undefined ? undefined : styles["below"]}>
        <StateMark state={flow.state} label={healthWords[flow.state]} />{" "}
        <Link to="/messages" search={search} title={channel?.title}>
          {channel === undefined ? site.title : channel.id}
        </Link>{" "}
        {channel === undefined && site.environment === "production" ? (
          <span className="quiet">PRD</span>
        ) : null}
        {channel === undefined ? <WaitsForApproval site={site} /> : null}
      </td>
      <td className={styles["number"]}>{rateText(flow.ratePerMinute)}</td>
      <td className={styles["spark"]}>
        <Sparkline
          perMinute={flow.perMinute}
          ratePerMinute={flow.ratePerMinute}
          what={channel?.id ?? site.title}
        />
      </td>
      <td className={styles["medium"]}>
        {flow.lastAt === undefined ? "never" : <Ago at={flow.lastAt} site={site.id} />}
      </td>
      <td className={`${styles["number"]} ${styles["medium"]}`}>
        {flow.warnings === 0 ? (
          <Zero />
        ) : (
          <Link to="/messages" search={{ ...within, outcome: "mappedWithWarnings" }}>
            {countText(flow.warnings)}
          </Link>
        )}
      </td>
      <td className={styles["number"]}>
        {flow.errors === 0 ? (
          <Zero />
        ) : (
          <Link to="/messages" search={{ ...within, problems: "all" }}>
            {countText(flow.errors)}
          </Link>
        )}
      </td>
    </tr>
  );
}

/** Nothing, quietly. */
export function Zero() {
  return <span className={styles["zero"]}>0</span>;
}
