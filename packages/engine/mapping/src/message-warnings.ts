import type { Problem } from "@trestle/base";
import { isCharge } from "./maps/charge-item.ts";
import { isEventIn } from "./maps/event.ts";
import { isMerge } from "./maps/merged-patient.ts";
import { orderWarnings } from "./order-warnings.ts";
import type { Draft } from "./rows/draft.ts";
import { roleWarnings } from "./role-warnings.ts";
import { Scope } from "./rows/scope.ts";
import type { Group } from "./structure/group.ts";
import { warnings } from "./warnings.ts";

/** What is to be said of a message as a whole. */
export function messageWarnings(draft: Draft, root: Group): readonly Problem[] {
  const scope = new Scope(draft, root);
  const [, ...others] = root.groups.filter(({ name }) => name === "patient");
  return [
    ...typeWarnings(scope),
    ...others.map((group) => warnings.severalPatients(group.at)),
    ...mergeWarnings(scope, root),
    ...chargeWarnings(draft, root),
    ...root.groups.flatMap((group) => roleWarnings(draft, group)),
    ...bookingWarnings(root),
    ...orderWarnings(root),
  ];
}

function typeWarnings(scope: Scope): readonly Problem[] {
  const family = scope.text("MSH-9.1") ?? "";
  const event = scope.text("MSH-9.2");
  if (families.has(family)) return [];
  return [warnings.typeNotMapped(event === undefined ? family : `${family}^${event}`)];
}

/**
 * An MRG that only names an earlier account says it all, and so does one with an account where the
 * event merges accounts; any other stands for a move or a merge.
 */
function mergeWarnings(scope: Scope, root: Group): readonly Problem[] {
  if (isMerge({ scope })) return [];
  const isOfAccounts = isEventIn("account-merge-event")({ scope }, {});
  const others = [1, 4, 5];
  return root
    .segmentsBelow("MRG")
    .filter((segment) => !isOfAccounts || segment.field(3).isEmpty)
    .filter((segment) => others.some((number) => !segment.field(number).isEmpty))
    .map((segment) => warnings.mergeNotMapped(segment.at));
}

function chargeWarnings(draft: Draft, root: Group): readonly Problem[] {
  return root.groups
    .flatMap(({ groups }) => groups)
    .filter((group) => group.name === "charge" && !isCharge({ scope: new Scope(draft, group) }))
    .map(({ at }) => warnings.noCharge(at));
}

/** @see HL7 v2.8.2, table 0206 */
function bookingWarnings(root: Group): readonly Problem[] {
  return ["RGS", "AIS", "AIG", "AIL", "AIP"]
    .flatMap((name) => root.segmentsBelow(name))
    .flatMap((segment) => segment.field(2).repetitions)
    .filter(({ text }) => text !== undefined && !["A", "D", "U", "X"].includes(text.trim()))
    .map(({ at, text = "" }) => warnings.unknownAction({ code: text, at }));
}

/** The families whose every segment of interest has a map. */
const families: ReadonlySet<string> = new Set([
  "ADT",
  "BAR",
  "DFT",
  "MDM",
  "MFN",
  "OMG",
  "OMI",
  "OML",
  "OMN",
  "OMP",
  "OMS",
  "ORF",
  "ORM",
  "ORU",
  "OUL",
  "PPR",
  "RAS",
  "RDE",
  "RDS",
  "RGV",
  "SIU",
  "SRM",
  "VXU",
]);
