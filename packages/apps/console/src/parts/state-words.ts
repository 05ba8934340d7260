import type { Attempt, Delivery, Health, MessageSummary } from "@trestle/api/contract";

/** A state and the word for it. */
export interface Named {
  readonly state: Health;
  readonly word: string;
}

export const healthWords: Readonly<Record<Health, string>> = {
  neutral: "silent",
  good: "healthy",
  warning: "needs a look",
  bad: "failing",
  held: "held",
};

const outcomeWords: Readonly<Record<MessageSummary["outcome"], Named>> = {
  mapped: { state: "good", word: "mapped" },
  mappedWithWarnings: { state: "warning", word: "mapped, warnings" },
  notMapped: { state: "neutral", word: "not mapped" },
  failed: { state: "bad", word: "failed" },
  notProcessed: { state: "neutral", word: "waiting" },
};

const dispositionWords: Readonly<Record<MessageSummary["disposition"], Named>> = {
  accepted: { state: "good", word: "accepted" },
  refused: { state: "bad", word: "refused" },
  broken: { state: "bad", word: "broken frame" },
};

export const deliveryWords: Readonly<Record<Delivery["state"], Named>> = {
  queued: { state: "neutral", word: "queued" },
  delivered: { state: "good", word: "delivered" },
  held: { state: "held", word: "held" },
  cancelled: { state: "neutral", word: "cancelled" },
};

export const attemptWords: Readonly<Record<Attempt["result"], Named>> = {
  delivered: { state: "good", word: "delivered" },
  transient: { state: "warning", word: "not accepted, tried again" },
  ambiguous: { state: "held", word: "perhaps accepted" },
  permanent: { state: "bad", word: "refused for good" },
};

/** One word for how a message ended: what kept it out, else what it became. */
export function messageState({ disposition, outcome }: MessageSummary): Named {
  return disposition === "accepted" ? outcomeWords[outcome] : dispositionWords[disposition];
}
