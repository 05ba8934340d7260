import type { CareTeam } from "@trestle/fhir";
import { cwe } from "../datatypes/cwe.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Condition } from "../rows/row.ts";
import { organization } from "./organization.ts";
import { roleCodeRow, rolePeriod } from "./role-rows.ts";
import { thePatient } from "./subject.ts";

const caseManager = {
  coding: [{ system: "http://snomed.info/sct", code: "768832004", display: "Case manager" }],
  text: "case manager",
};

/** The message names somebody who cares for the patient. */
const hasMembers: Condition = ({ scope }) =>
  scope.references("careMember").length > 0 ||
  scope.references("careOrganization").length > 0 ||
  scope.group.segmentsBelow("IN3").some((segment) => !segment.field(21).isEmpty);

/**
 * Those who care for the patient but are not the primary care provider: ROL, PRT and IN3-21. Where
 * the message only takes somebody out, the others are not known, and it says nothing of the team.
 */
export const careTeam = defineMap<CareTeam>("careTeam", {
  type: "CareTeam",
  when: hasMembers,
  keys: [[thePatient]],
  needs: ["participant"],
  rows: [
    { to: "status", is: "active" },
    { to: "subject", refersTo: "patient" },
    {
      to: "participant[].member",
      refersTo: "careMember",
      with: [
        { to: "role[]", ...roleCodeRow },
        { to: "role[]", id: "provider", from: ["ROL-9", "PRT-6"], as: cwe },
        { to: "onBehalfOf", from: ["ROL-14", "PRT-8"], as: organization },
        ...rolePeriod,
      ],
    },
    {
      to: "participant[].member",
      id: "organization",
      refersTo: "careOrganization",
      with: [{ to: "role[]", ...roleCodeRow }, ...rolePeriod],
    },
    {
      to: "participant[].member.display",
      id: "caseManager",
      from: "IN3-21",
      reach: "below",
      with: [{ to: "role", is: [caseManager] }],
    },
  ],
});
