import type { Communication, Task } from "@trestle/fhir";
import type { Chart, Social } from "../../chart/chart.ts";
import { type FhirSite, instant, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { hospitalReference, patientReference, providerReference } from "./references.ts";
import { coding } from "./terms.ts";

/** What the community was asked to do, for who lacks food. */
export const tasks: FromChart = (chart, site) => {
  const { social } = chart;
  if (!isInNeed(social)) return [];
  return [fileFor(chart, site)(task(chart, social, site))];
};

/** What was written about it. */
export const communications: FromChart = (chart, site) => {
  const { social } = chart;
  if (!isInNeed(social)) return [];
  return [fileFor(chart, site)(communication(chart, social, site))];
};

function task({ person }: Chart, { at }: Social, site: FhirSite): Task & { readonly id: string } {
  return {
    resourceType: "Task",
    id: taskId(person.mrn, site),
    status: "requested",
    intent: "order",
    priority: "routine",
    code: {
      coding: [
        coding(
          "http://open.epic.com/FHIR/StructureDefinition/task-code",
          "community-resource",
          "Community Resource",
        ),
      ],
      text: "Community Resource",
    },
    description: referral,
    for: patientReference(site, person),
    authoredOn: instant(at),
    requester: providerReference(site, person.primaryCare),
    owner: { display: "Lakeshore Food Pantry" },
  };
}

function communication(
  { person }: Chart,
  { at }: Social,
  site: FhirSite,
): Communication & { readonly id: string } {
  return {
    resourceType: "Communication",
    id: recordId(site, "Communication", { owner: Number(person.mrn), item: 1 }),
    partOf: [{ reference: `Task/${taskId(person.mrn, site)}`, display: referral }],
    status: "completed",
    category: [{ text: "Community Resource" }],
    subject: patientReference(site, person),
    sent: instant(at + 3_600_000),
    recipient: [{ display: "Lakeshore Food Pantry" }],
    sender: hospitalReference(site),
    payload: [{ contentString: "Please contact the patient to arrange a first visit." }],
  };
}

function isInNeed(social: Social | undefined): social is Social {
  return social !== undefined && social.foodRanOut !== "never";
}

function taskId(mrn: string, site: FhirSite): string {
  return recordId(site, "Task", { owner: Number(mrn), item: 1 });
}

const referral = "Food pantry referral";
