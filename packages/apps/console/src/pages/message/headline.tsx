import type { Health, ReplyOf, Routes } from "@trestle/api/contract";
import { Link } from "@tanstack/react-router";
import { At } from "../../parts/ago.tsx";
import { useSite } from "../../parts/sites.ts";
import { deliveryWords, messageState } from "../../parts/state-words.ts";
import styles from "./message.module.css";

export type MessageReply = ReplyOf<Routes["getMessage"]>;

/** What the message is, where it came in, what its sender was told and where it went. */
export function Headline({ reply }: { reply: MessageReply }) {
  const { message, deliveries } = reply;
  const { site, channel, type, controlId } = message;
  const title = useSite(site)?.title ?? site;
  const delivered = deliveries.filter(({ state }) => state === "delivered").length;
  return (
    <>
      {type === "" ? "Unknown message" : type} <span className="mono">{controlId}</span>
      <span className={styles["facts"]}>
        {" · "}
        <Link to="/messages" search={{ site, channel }}>
          {title} / {channel}
        </Link>
        {" · received "}
        <At at={message.receivedAt} site={site} />
        {" · "}
        {message.answer === "none" ? "no answer sent" : `answered ${message.answer}`}
        {" · "}
        {messageState(message).word}
        {" · "}
        {deliveries.length === 0
          ? "owed to nobody"
          : `delivered ${delivered} of ${deliveries.length}`}
        {" · revision "}
        <span className="mono">{message.revision.slice(0, 8)}</span>
      </span>
    </>
  );
}

/** The worst of what became of the message and of its deliveries. */
export function stateOf({ message, deliveries }: MessageReply): Health {
  const states = new Set([
    messageState(message).state,
    ...deliveries.map(({ state }) => deliveryWords[state].state),
  ]);
  return order.find((state) => states.has(state)) ?? "neutral";
}

const order = ["bad", "held", "warning", "neutral", "good"] as const;
