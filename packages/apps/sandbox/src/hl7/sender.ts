import type { FeedSettings } from "../site/feed-settings.ts";
import type { LabComponent } from "../world/catalogue.ts";
import type { Visit } from "../world/people.ts";
import { localTime } from "./local-time.ts";

/** How a site writes its messages. */
export interface Sender {
  /** MSH-4 and the assigning authority of record numbers. */
  readonly facility: string;
  readonly feed: FeedSettings;
  readonly time: (at: number) => string;
  /** MSH-10 of the next message: a number that grows. */
  readonly controlId: () => string;
}

export function createSender(options: {
  readonly facility: string;
  readonly timeZone: string;
  readonly feed: FeedSettings;
}): Sender {
  let last = 563_782_000;
  return {
    facility: options.facility,
    feed: options.feed,
    time: localTime(options.timeZone),
    controlId() {
      last += 1;
      return String(last);
    },
  };
}

/** PV1-2. */
export function patientClass({ feed }: Sender, kind: Visit["kind"]): string {
  return feed.patientClasses[kind] ?? kind;
}

/** A code of the catalogue, as the site writes it. */
export function codeAt({ feed }: Sender, code: string): string {
  return own(feed.codes, code) ?? code;
}

/** The system of a component's code: LOINC, unless the site has a code of its own for it. */
export function labSystemAt({ feed }: Sender, { code, system }: LabComponent): string {
  return system === "LN" && own(feed.codes, code) === undefined ? "LN" : feed.laboratorySystem;
}

export function unitAt({ feed }: Sender, unit: string): string {
  return own(feed.units, unit) ?? unit;
}

/** The number of an order: `1601001^EPC`. */
export function orderNumber({ feed }: Sender, id: string): string {
  return `${id}^${feed.orderAuthority}`;
}

function own(names: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}
