import type { Clock } from "@trestle/base";

/**
 * Makes MSH-10 and MSH-7 for acknowledgements.
 *
 * The control id is unique over restarts as long as the clock does not stand still: the start in
 * base 36 and a counter. The time is UTC and says so.
 */
export function acknowledgementStamps(clock: Clock): () => { controlId: string; at: string } {
  const start = clock.now().toString(36).toUpperCase();
  let count = 0;
  let second = -1;
  let at = "";
  return () => {
    count += 1;
    const now = Math.floor(clock.now() / 1000);
    if (now !== second) {
      second = now;
      at = `${new Date(now * 1000).toISOString().slice(0, 19).replaceAll(/[-:T]/gu, "")}+0000`;
    }
    return { controlId: `${start}${count}`, at };
  };
}
