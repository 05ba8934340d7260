import type { Delivery, MessageSummary } from "@trestle/api/contract";

// What stands in the address of each page. Nothing here is about a patient: what is searched for
// about patients stays in the history's state and is never part of an address.

/** Of every page: the site that was chosen above. */
export interface FrameSearch {
  readonly site?: string | undefined;
}

export interface OverviewSearch {
  readonly minutes?: number | undefined;
}

export interface MessagesSearch {
  readonly type?: string | undefined;
  readonly channel?: string | undefined;
  readonly controlId?: string | undefined;
  readonly outcome?: MessageSummary["outcome"] | undefined;
  readonly disposition?: MessageSummary["disposition"] | undefined;
  /** Refused, broken and failed together. */
  readonly problems?: "all" | undefined;
  /** Minutes before now. */
  readonly last?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface MessageSearch {
  /** The field that is selected, such as `PID-5.1`. */
  readonly at?: string | undefined;
  /** The value of the result that is selected, by its path in the bundle. */
  readonly value?: string | undefined;
  readonly tab?: MessageTab | undefined;
}

export type MessageTab = (typeof messageTabs)[number];
export const messageTabs = ["wire", "tree", "result"] as const;

export interface PatientSearch {
  /** The code of the result that is drawn large. */
  readonly series?: string | undefined;
  readonly kind?: string | undefined;
}

export interface DeliveriesSearch {
  readonly state?: Delivery["state"] | "all" | undefined;
  readonly destination?: string | undefined;
}

export interface CodesSearch {
  readonly table?: string | undefined;
  /** Exactly this local code. */
  readonly local?: string | undefined;
  readonly order?: "lastSeen" | undefined;
  /** The code that is looked at: `site/table/local`; in the coverage the table, `site/table`. */
  readonly open?: string | undefined;
  /** What tables cover, in place of the codes that they lack. */
  readonly view?: "coverage" | undefined;
}

export interface WhatIfSearch {
  /** The comparison that is looked at; the last one where left out. */
  readonly run?: string | undefined;
  /** What is asked about, to begin with. */
  readonly revision?: string | undefined;
  /** What it is compared with, in place of the one in force. */
  readonly against?: string | undefined;
}

export interface SettingsSearch {
  /** The file that is edited, by its path in the folder. */
  readonly file?: string | undefined;
  /** The part of it that is open. */
  readonly open?: string | undefined;
}

export interface ProbeSearch {
  /** The report that is shown; the newest where left out. */
  readonly report?: string | undefined;
}

/** What was read from an address, not checked yet. */
export type RawSearch = Readonly<Record<string, unknown>>;

export function readFrame(raw: RawSearch): FrameSearch {
  return clean({ site: text(raw["site"]) });
}

export function readProbe(raw: RawSearch): ProbeSearch {
  return clean({ report: text(raw["report"], 100) });
}

export function readOverview(raw: RawSearch): OverviewSearch {
  return clean({ minutes: minutesIn(raw["minutes"]) });
}

export function readMessages(raw: RawSearch): MessagesSearch {
  return clean({
    type: text(raw["type"], 20),
    channel: text(raw["channel"]),
    controlId: text(raw["controlId"], 200),
    outcome: oneOf(raw["outcome"], outcomes),
    disposition: oneOf(raw["disposition"], dispositions),
    problems: oneOf(raw["problems"], ["all"] as const),
    last: minutesIn(raw["last"]),
    from: instant(raw["from"]),
    to: instant(raw["to"]),
  });
}

export function readMessage(raw: RawSearch): MessageSearch {
  return clean({
    at: text(raw["at"]),
    value: text(raw["value"], 300),
    tab: oneOf(raw["tab"], messageTabs),
  });
}

export function readPatient(raw: RawSearch): PatientSearch {
  return clean({ series: text(raw["series"], 200), kind: text(raw["kind"]) });
}

export function readDeliveries(raw: RawSearch): DeliveriesSearch {
  return clean({
    state: oneOf(raw["state"], deliveryStates),
    destination: text(raw["destination"]),
  });
}

export function readCodes(raw: RawSearch): CodesSearch {
  return clean({
    table: text(raw["table"]),
    local: text(raw["local"], 200),
    order: oneOf(raw["order"], ["lastSeen"] as const),
    open: text(raw["open"], 400),
    view: oneOf(raw["view"], ["coverage"] as const),
  });
}

export function readWhatIf(raw: RawSearch): WhatIfSearch {
  return clean({
    run: text(raw["run"], 20),
    revision: text(raw["revision"], 200),
    against: text(raw["against"], 200),
  });
}

export function readSettings(raw: RawSearch): SettingsSearch {
  return clean({ file: text(raw["file"], 500), open: text(raw["open"], 2000) });
}

/** An address's query as plain words: `?type=ADT^A08&last=60`. */
export function parseSearch(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

export function printSearch(search: RawSearch): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === "string" || typeof value === "number") query.set(name, String(value));
  }
  return query.size === 0 ? "" : `?${query.toString()}`;
}

function text(value: unknown, longest = 100): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, longest) : undefined;
}

function minutesIn(value: unknown): number | undefined {
  const minutes = Number(value);
  return Number.isInteger(minutes) && minutes >= 5 && minutes <= 1440 * 31 ? minutes : undefined;
}

function instant(value: unknown): string | undefined {
  const given = text(value);
  const time = given === undefined ? Number.NaN : Date.parse(given);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function oneOf<T extends string>(value: unknown, known: readonly T[]): T | undefined {
  return known.find((each) => each === value);
}

/** Without the keys that say nothing, so that they are in no address. */
function clean<T extends object>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;
}

const outcomes = ["mapped", "mappedWithWarnings", "notMapped", "failed", "notProcessed"] as const;
const dispositions = ["accepted", "refused", "broken"] as const;
const deliveryStates = ["queued", "delivered", "held", "cancelled", "all"] as const;
