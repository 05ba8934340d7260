import { localTime } from "./local-time.ts";

/** How a site writes its messages. */
export interface Sender {
  /** MSH-4 and the assigning authority of record numbers. */
  readonly facility: string;
  readonly time: (at: number) => string;
  /** MSH-10 of the next message: a number that grows. */
  readonly controlId: () => string;
}

export function createSender(options: { facility: string; timeZone: string }): Sender {
  let last = 563_782_000;
  return {
    facility: options.facility,
    time: localTime(options.timeZone),
    controlId() {
      last += 1;
      return String(last);
    },
  };
}
