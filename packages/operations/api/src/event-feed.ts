import type { Clock } from "@trestle/base";
import type { MessageFacts } from "@trestle/journal";
import type { MessagesEvent } from "./contract/index.ts";
import { instantOf, viewFacts } from "./message-view.ts";

/** One server-sent event, ready for the wire. */
export type EventText = string;

/** Hands what happened in this process to everybody who follows it. */
export interface EventFeed {
  /** Messages became visible. Sent at most twice a second, the oldest fifty of each half second. */
  messages(facts: readonly MessageFacts[]): void;
  /** Deliveries or the overview changed. Sent at most once a second. */
  changed(): void;
  /** Calls `take` for each event until the returned function ends that. */
  follow(take: (event: EventText) => void): () => void;
}

/** A feed costs nothing while nobody follows it. */
export function createEventFeed({ clock }: { clock: Clock }): EventFeed {
  const followers = new Set<(event: EventText) => void>();
  const send = (name: string, data: object) => {
    const event = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const follower of followers) follower(event);
  };
  let items: MessageFacts[] = [];
  let skipped = 0;
  const sendMessages = atMostEvery(messagesMs, clock, () => {
    const event: MessagesEvent = { items: items.map(viewFacts), skipped };
    items = [];
    skipped = 0;
    send("messages", event);
  });
  const sendChanged = atMostEvery(changedMs, clock, () => {
    send("changed", { at: instantOf(clock.now()) });
  });
  return {
    messages(facts) {
      if (followers.size === 0 || facts.length === 0) return;
      const room = facts.slice(0, mostItems - items.length);
      items.push(...room);
      skipped += facts.length - room.length;
      sendMessages();
    },
    changed() {
      if (followers.size > 0) sendChanged();
    },
    follow(take) {
      followers.add(take);
      return () => {
        followers.delete(take);
      };
    },
  };
}

/** Gathers: acts once, `waitMs` after the first call of a row. */
function atMostEvery(waitMs: number, clock: Clock, action: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    clock.after(waitMs, () => {
      isWaiting = false;
      action();
    });
  };
}

const mostItems = 50;
const messagesMs = 500;
const changedMs = 1000;
