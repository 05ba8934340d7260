import { useCallback } from "react";
import { type Connection, connectionStore } from "../api/events.ts";
import { useStore } from "../api/store.ts";
import { useTimeText } from "../parts/clock.ts";
import { StateMark } from "../parts/state-mark.tsx";
import { clockTime, durationText } from "../parts/time.ts";
import styles from "./frame.module.css";

/** Whether changes arrive as they happen, as one mark and one word. */
export function ConnectionDot() {
  const { state, since } = useStore(connectionStore);
  const { mark, word } = words[state];
  return (
    <output
      className={styles["bar"]}
      title={`Live updates: ${word} since ${clockTime(since, undefined).slice(0, 8)}`}
    >
      <StateMark state={mark} />
      <span className={styles["wide"]}>{word}</span>
    </output>
  );
}

/** Says that the connection is lost and what is stale; what was shown stays. */
export function ConnectionBanner() {
  const { state, since } = useStore(connectionStore);
  const lost = useTimeText(
    useCallback((now: number) => durationText(Math.max(0, now - since)), [since]),
  );
  if (state !== "lost") return null;
  return (
    <output className={styles["banner"]}>
      <StateMark state="warning" />
      <span>
        Live updates lost {lost} ago. What you see is as of{" "}
        {clockTime(since, undefined).slice(0, 8)} and is kept; trying again.
      </span>
    </output>
  );
}

const words = {
  connecting: { mark: "neutral", word: "connecting" },
  live: { mark: "good", word: "live" },
  lost: { mark: "warning", word: "not live" },
} as const satisfies Record<Connection["state"], object>;
