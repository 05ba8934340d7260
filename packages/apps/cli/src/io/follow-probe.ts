import { setTimeout } from "node:timers/promises";
import { type ReplyOf, type RunningProbe, routes } from "@trestle/api/contract";
import type { HubClient } from "./hub-client.ts";

/**
 * Follows a probe until it is over. Stops it where the person wants no more, and waits then for what
 * it has seen.
 *
 * @param onProgress Told of each change, not of each question.
 * @param onStop Told before it is stopped.
 */
export async function followProbe(followed: {
  readonly client: HubClient;
  readonly site: string;
  readonly id: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunningProbe) => void;
  readonly onStop: () => void;
}): Promise<ReplyOf<typeof routes.getProbe>> {
  const { client, site, id, signal, onProgress, onStop } = followed;
  const params = { site, probe: id };
  let told = "";
  let isStopped = false;
  for (;;) {
    const answer = await client.call(routes.getProbe, { params });
    if (answer.running === undefined) return answer;
    const { phase, done } = answer.running;
    if (told !== `${phase} ${done}`) onProgress(answer.running);
    told = `${phase} ${done}`;
    if (signal.aborted && !isStopped) {
      isStopped = true;
      onStop();
      await client.call(routes.stopProbe, { params });
    }
    await pause(isStopped ? undefined : signal);
  }
}

/** Ends at once where the person wants no more. */
async function pause(signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(askEveryMs, undefined, { signal }).catch(() => {});
}

const askEveryMs = 250;
