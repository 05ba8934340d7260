import { Link } from "@tanstack/react-router";
import type { Attempt } from "@trestle/api/contract";
import { Ago } from "../../parts/ago.tsx";
import { Decide } from "../../parts/decide.tsx";
import { millisecondsText } from "../../parts/number-text.ts";
import { Section } from "../../parts/page.tsx";
import { useSite } from "../../parts/sites.ts";
import { StateWord } from "../../parts/state-mark.tsx";
import { attemptWords, deliveryWords } from "../../parts/state-words.ts";
import { clockTime } from "../../parts/time.ts";
import type { MessageReply } from "./headline.tsx";
import styles from "./message.module.css";

type DeliveryWithTries = MessageReply["deliveries"][number];

interface MessageDeliveriesProps {
  readonly deliveries: readonly DeliveryWithTries[];
  readonly site: string;
}

/** To whom the result is owed, and each try to hand it over. */
export function MessageDeliveries({ deliveries, site }: MessageDeliveriesProps) {
  return (
    <Section title="Deliveries">
      {deliveries.length === 0 ? (
        <p className="quiet">
          None. No route of its channel sends this kind of message anywhere, or it was not mapped.
        </p>
      ) : null}
      {deliveries.map((delivery) => (
        <OneDelivery key={delivery.id} delivery={delivery} site={site} />
      ))}
    </Section>
  );
}

function OneDelivery({ delivery, site }: { delivery: DeliveryWithTries; site: string }) {
  const { state, word } = deliveryWords[delivery.state];
  const { destination, isReplay, reason, tries } = delivery;
  return (
    <div className={styles["delivery"]}>
      <div className={styles["owed"]}>
        <StateWord state={state} word={word} />
        <Link to="/deliveries" search={{ destination, state: "all" }}>
          {destination}
        </Link>
        {isReplay ? <span className="quiet">replay</span> : null}
        <span className="quiet">
          owed since <Ago at={delivery.createdAt} site={site} />
        </span>
        <span className="quiet mono" title="Idempotency key: the same over all tries">
          {delivery.key}
        </span>
        <Decide delivery={delivery} />
      </div>
      {reason === undefined ? null : (
        <p className={styles["why"]}>
          {reason.text} <span className="quiet">{reason.hint}</span>
        </p>
      )}
      <ol className={styles["tries"]}>
        {tries.map((attempt) => (
          <Try key={attempt.number} attempt={attempt} site={site} />
        ))}
      </ol>
    </div>
  );
}

function Try({ attempt, site }: { attempt: Attempt; site: string }) {
  const zone = useSite(site)?.timeZone;
  const { state, word } = attemptWords[attempt.result];
  return (
    <li>
      <span className="mono">#{attempt.number}</span>{" "}
      <time dateTime={attempt.startedAt} title={attempt.startedAt}>
        {clockTime(Date.parse(attempt.startedAt), zone)}
      </time>
      {" → "}
      <StateWord state={state} word={word} />{" "}
      <span className="quiet">
        {attempt.detail === "" ? "" : `${attempt.detail}, `}
        in {millisecondsText(attempt.durationMs)}
      </span>
    </li>
  );
}
