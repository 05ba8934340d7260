import type { OfferedType } from "../capability/resource-types.ts";
import type { Query } from "../http/exchange.ts";
import type { Asked } from "./matcher.ts";
import { referenceParts } from "./match-reference.ts";

/** Parameters of a search, sorted by what they are for. */
export interface SearchRequest {
  readonly ids: readonly string[];
  /** As they were given under `patient`, `subject` and what else names the patient. */
  readonly patients: readonly string[];
  readonly native: readonly Asked[];
  readonly postFiltered: readonly Asked[];
  readonly includes: readonly string[];
  readonly hasProvenance: boolean;
  readonly count: string | undefined;
  readonly isSummary: boolean;
  /** Names that the type does not have. They are ignored. */
  readonly unknown: readonly string[];
  /** No parameter at all that says what is looked for. */
  readonly isEmpty: boolean;
}

/** Reads the parameters of a search of a type. Names count in any case. */
export function readRequest(offered: OfferedType, query: Query): SearchRequest {
  const given = query.filter(([name]) => name !== "_format");
  const asked = given.map(([name, value]) => ({
    name: name.toLowerCase(),
    written: name,
    values: value.split(/(?<!\\),/u).map((each) => each.trim()),
    value,
  }));
  const named = (name: string): readonly string[] =>
    asked.filter((each) => each.name === name).flatMap(({ values }) => values);
  return {
    ids: named("_id"),
    patients: asked
      .filter(({ name }) => namesPatient(offered, name))
      .map(({ value }) => referenceParts(value.trim())[1]),
    native: asked.filter(
      ({ name }) => offered.native.includes(name) && !namesPatient(offered, name),
    ),
    postFiltered: asked.filter(
      ({ name }) => offered.postFiltered.includes(name) && !namesPatient(offered, name),
    ),
    includes: named("_include"),
    hasProvenance: named("_revinclude").includes("Provenance:target"),
    count: asked.find(({ name }) => name === "_count")?.value,
    isSummary: named("_summary").includes("count"),
    unknown: asked.filter(({ name }) => !isKnown(offered, name)).map(({ written }) => written),
    isEmpty: asked.every(({ name }) => controls.has(name)),
  };
}

/** Whether a type's parameter tells the patient: `patient` and `subject` are the same. */
function namesPatient({ native, postFiltered }: OfferedType, name: string): boolean {
  if (!patientNames.has(name)) return false;
  return native.includes(name) || postFiltered.includes(name);
}

function isKnown({ native, postFiltered }: OfferedType, name: string): boolean {
  return (
    controls.has(name) || name === "_id" || native.includes(name) || postFiltered.includes(name)
  );
}

const patientNames: ReadonlySet<string> = new Set(["patient", "subject", "beneficiary"]);

/** They say nothing about what is looked for. */
const controls: ReadonlySet<string> = new Set(["_count", "_include", "_revinclude", "_summary"]);
