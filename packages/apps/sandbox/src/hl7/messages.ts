import type { Happening, Told } from "../life/happening.ts";
import { appointmentMessage } from "./appointment-message.ts";
import { administration, note, order, result, vitals } from "./clinical-messages.ts";
import { type Header, header } from "./header.ts";
import {
  allergies,
  coverage,
  dg1,
  identifiers,
  nk1,
  pd1,
  pid,
  pv1,
  pv2,
  rol,
  zpd,
  zpv,
} from "./patient-segments.ts";
import type { Sender } from "./sender.ts";
import { components, message, segment, text } from "./write.ts";

/** One message, ready to be framed. */
export interface Printed {
  /** Such as `ADT^A08`. */
  readonly type: string;
  readonly controlId: string;
  readonly text: string;
}

/** What one happening is told as, in Epic's shape. */
export function print(told: Told, sender: Sender): Printed {
  const [head, segments] = write(told, sender);
  const controlId = sender.controlId();
  return {
    type: `${head.family}^${head.event}`,
    controlId,
    text: message([header(told, { ...head, controlId }, sender), ...segments]),
  };
}

function write(told: Told, sender: Sender): [Header, string[]] {
  const { happening } = told;
  switch (happening.kind) {
    case "registration":
    case "update":
    case "duplicate registration":
    case "visit":
      return admission(told, happening, sender);
    case "merge":
      return merge(told, happening, sender);
    case "appointment":
      return appointmentMessage(told, happening, sender);
    case "order":
      return order(told, happening, sender);
    case "result":
      return result(told, happening, sender);
    case "vitals":
      return vitals(told, happening, sender);
    case "administration":
      return administration(told, happening, sender);
    case "note":
      break;
  }
  // Nothing else is left, so that a new kind fails to compile here.
  return note(told, happening, sender);
}

type Of<Kind extends Happening["kind"]> = Extract<Happening, { kind: Kind }>;

/** Registration, update and everything about a visit: what is known, as far as it has a place. */
function admission(
  told: Told,
  happening: Of<"registration" | "update" | "duplicate registration" | "visit">,
  sender: Sender,
): [Header, string[]] {
  const { patient } = told;
  const visit = happening.kind === "duplicate registration" ? undefined : happening.visit;
  const event = eventOf(happening);
  const structure = structures[event] ?? "ADT_A01";
  // A transfer and a cancelled admission have fewer segments, by HL7 v2.5.1, 3.3.2 and 3.3.11.
  const hasRoles = structure !== "ADT_A09";
  const hasDiagnosis = visit !== undefined && structure !== "ADT_A02";
  const isWhole = hasRoles && structure !== "ADT_A02";
  return [
    { family: "ADT", event, structure, version: "2.5.1" },
    [
      evn(told, event, sender),
      pid(told, sender),
      pd1(patient),
      ...(hasRoles ? [rol(patient)] : []),
      ...(isWhole ? [nk1(patient)] : []),
      ...(visit === undefined
        ? [segment("PV1", { 1: "1", 2: "N" })]
        : [pv1(visit, sender), pv2(visit)]),
      ...(isWhole ? allergies(patient) : []),
      ...(hasDiagnosis ? [dg1(visit)] : []),
      ...(isWhole ? coverage(patient) : []),
      zpd(patient),
      ...(visit === undefined ? [] : [zpv(visit)]),
    ],
  ];
}

/** Of the events that have one of their own; HL7 v2.5.1, table 0354. */
const structures: Readonly<Record<string, string>> = {
  A02: "ADT_A02",
  A03: "ADT_A03",
  A11: "ADT_A09",
  A28: "ADT_A05",
  A31: "ADT_A05",
};

function eventOf(
  happening: Of<"registration" | "update" | "duplicate registration" | "visit">,
): string {
  if (happening.kind === "visit") return happening.event;
  if (happening.kind === "update") return happening.visit === undefined ? "A31" : "A08";
  return "A28";
}

function evn(told: Told, event: string, sender: Sender): string {
  const { user, at } = told;
  const isUpdate = event === "A08" || event === "A31" || event === "A28";
  return segment("EVN", {
    1: event,
    2: sender.time(at),
    4: isUpdate ? "REG_UPDATE" : "ADT_EVENT",
    5: components({
      1: user.login,
      2: text(user.family),
      3: text(user.given),
      9: sender.facility,
      14: "10101",
    }),
    6: isUpdate ? "" : sender.time(at),
  });
}

function merge(told: Told, gone: Of<"merge">, sender: Sender): [Header, string[]] {
  const { patient } = told;
  const name = components({ 1: text(patient.family), 2: text(patient.given), 3: patient.middle });
  return [
    { family: "ADT", event: "A40", structure: "ADT_A39", version: "2.5.1" },
    [
      segment("EVN", { 1: "A40", 2: sender.time(told.at) }),
      segment("PID", { 1: "1", 3: identifiers(patient, sender), 5: name }),
      segment("MRG", { 1: identifiers(gone, sender), 7: name }),
    ],
  ];
}
