import { Link } from "@tanstack/react-router";
import type { DestinationOverview } from "@trestle/api/contract";
import { Ago } from "../../parts/ago.tsx";
import { countText, rateText } from "../../parts/number-text.ts";
import { Sparkline } from "../../parts/sparkline.tsx";
import { StateMark } from "../../parts/state-mark.tsx";
import { healthWords } from "../../parts/state-words.ts";
import styles from "../../parts/table.module.css";
import { Zero } from "./site-table.tsx";
import { windowText } from "./window-text.ts";

interface DestinationTableProps {
  readonly destinations: readonly DestinationOverview[];
  readonly minutes: number;
  readonly current: number;
}

/** Each destination: what gets through, what waits, since when. */
export function DestinationTable({ destinations, minutes, current }: DestinationTableProps) {
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">Destination</th>
          <th scope="col" className={styles["number"]}>
            Now
          </th>
          <th scope="col" className={styles["spark"]}>
            Deliveries, {windowText(minutes)}
          </th>
          <th scope="col" className={styles["medium"]}>
            Last
          </th>
          <th scope="col" className={styles["number"]}>
            Queued
          </th>
          <th scope="col" className={styles["number"]}>
            Held
          </th>
          <th scope="col" className={`${styles["number"]} ${styles["medium"]}`}>
            Oldest waits since
          </th>
          <th scope="col" className={`${styles["number"]} ${styles["medium"]}`}>
            Failed tries
          </th>
        </tr>
      </thead>
      <tbody>
        {destinations.map((destination, index) => (
          <DestinationRow
            key={destination.id}
            destination={destination}
            isCurrent={index === current}
          />
        ))}
      </tbody>
    </table>
  );
}

interface DestinationRowProps {
  readonly destination: DestinationOverview;
  readonly isCurrent: boolean;
}

function DestinationRow({ destination, isCurrent }: DestinationRowProps) {
  const { id, state, ratePerMinute, perMinute, lastAt, oldestAt, retries } = destination;
  return (
    <tr data-current={isCurrent || undefined}>
      <td>
        <StateMark state={state} label={healthWords[state]} />{" "}
        <Link to="/deliveries" search={{ destination: id, state: "all" }}>
          {id}
        </Link>
      </td>
      <td className={styles["number"]}>{rateText(ratePerMinute)}</td>
      <td className={styles["spark"]}>
        <Sparkline perMinute={perMinute} ratePerMinute={ratePerMinute} what={id} />
      </td>
      <td className={styles["medium"]}>{lastAt === undefined ? "never" : <Ago at={lastAt} />}</td>
      <td className={styles["number"]}>
        <WaitingCount destination={id} state="queued" count={destination.queued} />
      </td>
      <td className={styles["number"]}>
        <WaitingCount destination={id} state="held" count={destination.held} />
      </td>
      <td className={`${styles["number"]} ${styles["medium"]}`}>
        {oldestAt === undefined ? <span className={styles["zero"]}>–</span> : <Ago at={oldestAt} />}
      </td>
      <td className={`${styles["number"]} ${styles["medium"]}`}>
        {retries === 0 ? <Zero /> : countText(retries)}
      </td>
    </tr>
  );
}

interface WaitingCountProps {
  readonly destination: string;
  readonly state: "queued" | "held";
  readonly count: number;
}

function WaitingCount({ destination, state, count }: WaitingCountProps) {
  if (count === 0) return <Zero />;
  return (
    <Link to="/deliveries" search={{ destination, state }}>
      {countText(count)}
    </Link>
  );
}
