import { writtenBeside } from "../datatypes/beside.ts";
import { lookUp } from "../datatypes/code.ts";
import type { Part } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { isOrderMessage } from "./order.ts";
import { practitioner } from "./practitioner.ts";
import { isDeletedBeside } from "./role-rows.ts";

/** What the table participation makes of the role in PRT-4. */
export type Role =
  | "requester"
  | "enterer"
  | "verifier"
  | "collector"
  | "interpreter"
  | "performer"
  | "administrator";

/**
 * PRT-5 as a person, where PRT-4 gives that role; nothing where PRT-2 takes the person back.
 *
 * @see HL7 v2.8.2, chapter 7.4.4 (PRT)
 */
export function participant(role: Role): Converter {
  return (part, scope) =>
    isDeletedBeside(part) || roleInPart(part, scope) !== role
      ? undefined
      : practitioner(part, scope, {});
}

/**
 * PRT-5 as a person who answers for a result: who made or judged it, and who has a part of which
 * the table says nothing. Who ordered it, entered it or only gets to know it does not.
 */
export const whoAnswers: Converter = (part, scope) => {
  const role = roleInPart(part, scope);
  const isOther = role !== undefined && !answering.has(role);
  return isDeletedBeside(part) || isOther ? undefined : practitioner(part, scope, {});
};

const answering: ReadonlySet<string> = new Set<Role>([
  "interpreter",
  "performer",
  "verifier",
  "administrator",
]);

/** Whether an element of what was made shows a person in that role, the code in PRT-4. */
export function isRoleShown(code: Part, scope: Scope): boolean {
  const shows = showing[scope.group.name]?.[roleOf(code, scope) ?? ""];
  return shows?.(scope) ?? false;
}

const ordered = madeAs("serviceRequest", "medicationRequest", "give", "immunization");
const answered = (scope: Scope) => !isOrderMessage({ scope }, {}) && madeAs("observation")(scope);

/** By the group in which PRT stands, and the role. */
const showing: Readonly<Record<string, Readonly<Record<string, (scope: Scope) => boolean>>>> = {
  order: {
    requester: ordered,
    enterer: madeAs("orderProvenance"),
    verifier: madeAs("orderProvenance"),
    collector: ({ group }) =>
      group.made.some(({ resource }) => resource.resourceType === "Specimen"),
    interpreter: madeAs("diagnosticReport"),
    performer: (scope) =>
      madeAs(isOrderMessage({ scope }, {}) ? "serviceRequest" : "diagnosticReport")(scope),
    administrator: madeAs("immunization"),
  } satisfies Shown,
  specimen: { collector: madeAs("specimen") } satisfies Shown,
  observation: Object.fromEntries([...answering].map((role) => [role, answered])),
};

type Shown = Partial<Record<Role, (scope: Scope) => boolean>>;

function madeAs(...maps: readonly string[]): (scope: Scope) => boolean {
  return (scope) => maps.some((map) => scope.references(map).length > 0);
}

function roleInPart(part: Part, scope: Scope): string | undefined {
  const written = writtenBeside(part, 4);
  return written && roleOf(written, scope);
}

function roleOf(written: Part, scope: Scope): string | undefined {
  return lookUp(written, scope, { table: "participation", isPartial: true })?.code;
}
