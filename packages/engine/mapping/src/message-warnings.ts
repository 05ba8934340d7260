import type { Problem } from "@trestle/base";
import { isMerge } from "./maps/merged-patient.ts";
import type { Draft } from "./rows/draft.ts";
import { Scope } from "./rows/scope.ts";
import type { Group } from "./structure/group.ts";
import { warnings } from "./warnings.ts";

/** What is to be said of a message as a whole. */
export function messageWarnings(draft: Draft, root: Group): readonly Problem[] {
  const scope = new Scope(draft, root);
  const family = scope.text("MSH-9.1") ?? "";
  const event = scope.text("MSH-9.2");
  const [, ...others] = root.groups.filter(({ name }) => name === "patient");
  const merges = root.segmentsBelow("MRG");
  return [
    ...(families.has(family)
      ? []
      : [warnings.typeNotMapped(event ? `${family}^${event}` : family)]),
    ...others.map((group) => warnings.severalPatients(group.at)),
    ...(merges.length === 0 || isMerge({ scope }) ? [] : merges).map(({ at }) =>
      warnings.mergeNotMapped(at),
    ),
  ];
}

/** The families whose every segment of interest has a map. */
const families: ReadonlySet<string> = new Set([
  "ADT",
  "MDM",
  "OMG",
  "OML",
  "OMS",
  "ORM",
  "ORU",
  "RAS",
  "SIU",
]);
