import type { Provenance } from "@trestle/fhir";
import type { Filed } from "../store.ts";
import { offeredTypes } from "../capability/resource-types.ts";
import { type FhirSite, recordId } from "./fhir-site.ts";
import { filedInstant } from "./filed-at.ts";
import { hospitalReference } from "./references.ts";
import { coding, concept, hl7Coding } from "./terms.ts";

/** Where each of these came from: this hospital, or another one. */
export function provenances(filed: readonly Filed[], site: FhirSite): readonly Filed[] {
  return filed.map((each) => provenance(each, site));
}

function provenance({ resource, subType, patientId }: Filed, site: FhirSite): Filed {
  const isOutside = subType.startsWith("Outside Record");
  const here = hospitalReference(site);
  const author = isOutside ? { display: "Harbor Regional Hospital" } : here;
  const made: Provenance & { readonly id: string } = {
    resourceType: "Provenance",
    id: provenanceId(resource.id, site),
    target: [{ reference: `${resource.resourceType}/${resource.id}` }],
    recorded: filedInstant(resource),
    agent: [
      { type: concept([authorRole]), who: author, onBehalfOf: author },
      { type: concept([transmitterRole]), who: here, onBehalfOf: here },
    ],
  };
  return { resource: made, subType: "", ...(patientId === undefined ? {} : { patientId }) };
}

/** The target's own numbers, so that each target has one of its own. */
function provenanceId(target: string, site: FhirSite): string {
  const { type = "", owner = 0, kind = 0, item = 0, part = 0 } = site.ids.read(target) ?? {};
  return recordId(site, "Provenance", {
    owner,
    kind: offeredTypes.findIndex((offered) => offered.type === type),
    item,
    part: part * 256 + kind,
  });
}

const authorRole = hl7Coding("provenance-participant-type", "author", "Author");

const transmitterRole = coding(
  "http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type",
  "transmitter",
  "Transmitter",
);
