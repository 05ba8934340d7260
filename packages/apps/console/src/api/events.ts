import { eventsPath } from "@trestle/api/contract";
import { type Store, createStore } from "./store.ts";

/** Whether changes arrive as they happen. */
export interface Connection {
  readonly state: "connecting" | "live" | "lost";
  /** Since when, in milliseconds since 1970. */
  readonly since: number;
}

/** What the hub tells by itself. */
export type Happening = "messages" | "changed";

/** The state of the event stream, for the dot and the banner. */
export const connectionStore: Store<Connection> = createStore<Connection>({
  state: "connecting",
  since: Date.now(),
});

/**
 * Calls `act` each time the hub tells of it, and after each connect, since something may have been
 * missed before it.
 *
 * @returns What ends it.
 */
export function onHappening(happening: Happening, act: () => void): () => void {
  listeners[happening].add(act);
  return () => {
    listeners[happening].delete(act);
  };
}

/** Follows the hub's events until the returned function ends it. One stream serves all pages. */
export function followEvents(): () => void {
  let source = new EventSource(eventsPath);
  let again: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    source.addEventListener("open", () => {
      setState("live");
      tell("messages");
      tell("changed");
    });
    source.addEventListener("messages", () => tell("messages"));
    source.addEventListener("changed", () => tell("changed"));
    source.addEventListener("error", () => {
      setState("lost");
      // The browser tries again by itself, unless the hub answered that it will not.
      if (source.readyState !== EventSource.CLOSED) return;
      again = setTimeout(() => {
        source = new EventSource(eventsPath);
        connect();
      }, retryMs);
    });
  };
  connect();
  return () => {
    clearTimeout(again);
    source.close();
  };
}

function setState(state: Connection["state"]): void {
  if (connectionStore.get().state !== state) connectionStore.set({ state, since: Date.now() });
}

function tell(happening: Happening): void {
  for (const act of listeners[happening]) act();
}

const listeners: Readonly<Record<Happening, Set<() => void>>> = {
  messages: new Set(),
  changed: new Set(),
};

const retryMs = 5000;
