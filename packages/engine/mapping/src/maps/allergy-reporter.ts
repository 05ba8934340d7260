import type { Reference, RelatedPerson } from "@trestle/fhir";
import { findRow } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { xpn, xpnLine } from "../datatypes/xpn.ts";
import { build } from "../rows/build.ts";
import { composite } from "../rows/composite.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Converter } from "../rows/row.ts";
import { thePatient } from "./subject.ts";

/**
 * IAM-14 with IAM-15: the patient, someone the patient is related to or, where nothing is said of
 * that, a name.
 */
export const reporter: Converter = (part, scope, lookup) => {
  const relationship = scope.part("IAM-15");
  if (relationship === undefined) return named(part, scope, lookup);
  const row = findRow(relationship, scope, "relationship");
  if (row?.code === "ONESELF") return scope.references("patient")[0]?.reference;
  return build(relatedReporter, { scope })?.reference;
};

/** The same person as an NK1 of that name. */
const relatedReporter = defineMap<RelatedPerson>("allergyReporter", {
  type: "RelatedPerson",
  keys: [[thePatient, "IAM-14.1", ["IAM-14.2"]]],
  needs: ["patient"],
  rows: [
    { to: "active", is: true },
    { to: "patient", refersTo: "patient" },
    { to: "relationship[]", from: "IAM-15", as: cwe, table: "relationship" },
    { to: "name[]", from: "IAM-14", as: xpn },
  ],
  refersWith: [{ to: "display", from: "IAM-14", as: xpnLine }],
});

const named = composite<Reference>("XPN", [{ to: "display", from: 0, as: xpnLine }]);
