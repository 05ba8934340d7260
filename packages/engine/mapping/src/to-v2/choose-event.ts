import type { Change } from "./composed.ts";
import { type Family, type MessageKind, familyOf } from "./kinds.ts";
import type { Node } from "./rows/node.ts";

/** What is known of the thing a message is about. */
export interface Known {
  readonly focus: Node;
  readonly change: Change | undefined;
}

/**
 * The event of a message: the one that the caller names, if it fits what the resource says of
 * itself; of a family, the one that status, relations and change ask for.
 *
 * @returns Undefined where no event of the family fits.
 */
export function chooseEvent(kind: MessageKind, known: Known): string | undefined {
  const fitting = eventsOf[familyOf(kind)](known);
  const [, asked] = kind.split("^");
  if (asked === undefined) return fitting[0];
  return fitting.includes(asked) ? asked : undefined;
}

/** A document that replaces another is T10; one that was edited, or has its number again, T08. */
function documentEvents({ focus, change }: Known): readonly string[] {
  if (focus.peek("status") === "entered-in-error" || change === "cancelled") return [];
  if (change === "modified") return ["T08"];
  const relations = focus.children("relatesTo");
  if (relations.some((each) => each.peek("code") === "replaces")) {
    return isSameNumber(focus) ? ["T08", "T10"] : ["T10", "T08"];
  }
  if (relations.some((each) => each.peek("code") === "appends")) return ["T06"];
  return ["T02"];
}

function isSameNumber(focus: Node): boolean {
  const [own] = [...focus.children("masterIdentifier"), ...focus.children("identifier")];
  const targets = focus.along(["relatesTo", "target", "identifier"]);
  return targets.some(
    (each) =>
      each.peek("value") === own?.peek("value") && each.peek("system") === own?.peek("system"),
  );
}

function scheduleEvents({ focus, change }: Known): readonly string[] {
  const status = focus.peek("status") ?? "";
  if (status === "cancelled") return ["S15"];
  if (!lasting.has(status) || change === "cancelled") return [];
  if (change === "rescheduled") return ["S13"];
  if (change === "modified") return ["S14"];
  if (change === "new") return ["S12"];
  // Who names the event knows what happened; without a word, one that is booked is new.
  return status === "booked" ? ["S12", "S13", "S14"] : ["S14", "S12", "S13"];
}

function requestEvents({ focus, change }: Known): readonly string[] {
  const status = focus.peek("status") ?? "";
  if (status === "cancelled" || (change === "cancelled" && requested.has(status))) return ["S04"];
  if (!requested.has(status)) return [];
  if (change === "rescheduled") return ["S02"];
  if (change === "modified") return ["S03"];
  return change === "new" ? ["S01"] : ["S01", "S02", "S03"];
}

const lasting: ReadonlySet<string> = new Set(["booked", "arrived", "checked-in", "fulfilled"]);
const requested: ReadonlySet<string> = new Set(["proposed", "pending", "booked", "waitlist"]);

/** The events of a family that fit, the best first. */
const eventsOf: Readonly<Record<Family, (known: Known) => readonly string[]>> = {
  ADT: () => ["A31"],
  DFT: () => ["P03"],
  MDM: documentEvents,
  ORM: () => ["O01"],
  ORU: () => ["R01"],
  SIU: scheduleEvents,
  SRM: requestEvents,
  VXU: () => ["V04"],
};
