import type { Practitioner, Reference } from "@trestle/fhir";
import type { Visit } from "../http/visit.ts";
import type { Filed } from "../store.ts";

/** Who writes, as a resource names its author: a clinician, else the hospital's background user. */
export function writer({ access, server }: Visit): Reference {
  const { user } = access.grant;
  const { store } = server.parts;
  if (user.kind === "clinician") {
    const filed = store.read("Practitioner", user.practitionerId);
    return { ...to(`Practitioner/${user.practitionerId}`), ...displayOf(filed) };
  }
  for (const filed of store.all("Practitioner")) {
    if (displayOf(filed)?.display !== backgroundUser) continue;
    return { ...to(`Practitioner/${filed.resource.id}`), display: backgroundUser };
  }
  return { type: "Practitioner", display: backgroundUser };
}

/** A visit, with its contact serial number and what it was. */
export function visitReference({ resource }: Filed): Reference {
  const reference = `Encounter/${resource.id}`;
  if (resource.resourceType !== "Encounter") return { reference };
  const [identifier] = resource.identifier ?? [];
  const [, type] = resource.type ?? [];
  return {
    reference,
    ...(identifier === undefined ? {} : { identifier }),
    ...(type?.text === undefined ? {} : { display: type.text }),
  };
}

function to(reference: string): Reference {
  return { reference, type: "Practitioner" };
}

function displayOf(filed: Filed | undefined): { readonly display: string } | undefined {
  const text = (filed?.resource as Practitioner | undefined)?.name?.[0]?.text;
  return text === undefined ? undefined : { display: text };
}

const backgroundUser = "User Interconnect";
