import type { Encounter, Patient } from "@trestle/fhir";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Client } from "../access/clients.ts";
import type { Faults } from "../admin/faults.ts";
import { fieldsOf } from "../oauth/form.ts";
import type { OauthParts } from "../oauth/token-request.ts";
import { pathsOf } from "../site/addresses.ts";
import { html, page, pageHeaders } from "../site/html.ts";
import { type Opened, idsOf, resolveContext } from "./launch-context.ts";
import { framePage, mrnOf, nameOf, patientPage, patientsPage } from "./pages.ts";

export type LaunchParts = OauthParts & { readonly faults: Faults };

/** Serves a small stand-in for the program that clinicians work with, from which they open others. */
export function registerLaunch(app: FastifyInstance, parts: LaunchParts): void {
  const root = `${pathsOf(parts.site.switches).fhirRoot}/hyperspace`;
  app.get(root, (request, reply) => {
    const { find } = request.query as Readonly<Record<string, unknown>>;
    return sendPage(reply, listPatients(root, typeof find === "string" ? find : "", parts));
  });
  app.get(`${root}/patients/:id`, (request, reply) => {
    const { id } = request.params as { readonly id: string };
    const shown = openPatient(root, id, parts);
    return shown === undefined ? sendNotFound(reply) : sendPage(reply, shown);
  });
  app.post(`${root}/launch`, async (request, reply) => {
    const chosen = chosenIn(request.body, parts);
    if (chosen === undefined) return sendNotFound(reply);
    const address = await launchAddress(chosen, parts);
    return chosen.isInOwnTab
      ? reply.header("cache-control", "no-store").redirect(address, 303)
      : sendPage(reply, framePage(chosen.client.name, address));
  });
}

function listPatients(root: string, find: string, { store, clients }: LaunchParts): string {
  const wanted = find.trim().toLowerCase();
  const patients: Patient[] = [];
  for (const { resource } of store.all("Patient")) {
    const patient = resource as Patient;
    const words = `${nameOf(patient)} ${mrnOf(patient)}`.toLowerCase();
    if (words.includes(wanted)) patients.push(patient);
    if (patients.length === shownPatients) break;
  }
  return patientsPage({ root, patients, find, clients: clients.all });
}

function openPatient(root: string, id: string, parts: LaunchParts): string | undefined {
  const patient = parts.store.read("Patient", id)?.resource as Patient | undefined;
  if (patient === undefined) return undefined;
  const encounters = parts.store
    .ofPatient("Encounter", id)
    .map(({ resource }) => resource as Encounter)
    .toReversed()
    .slice(0, shownVisits);
  const { clinicians } = parts.users;
  return patientPage({ root, patient, encounters, clinicians, clients: launchable(parts) });
}

/** Of the applications on record, those for clinicians that have an address for launches. */
function launchable({ clients }: LaunchParts): readonly Client[] {
  return clients.all.filter(
    ({ launchUrl, audience }) => launchUrl !== undefined && audience === "clinicians",
  );
}

interface Chosen extends Opened {
  readonly client: Client;
  readonly launchUrl: string;
  readonly isInOwnTab: boolean;
}

/** Undefined where something chosen is not there. */
function chosenIn(body: unknown, parts: LaunchParts): Chosen | undefined {
  const fields = fieldsOf(body) ?? new Map<string, string>();
  const clientId = fields.get("tab") ?? fields.get("frame");
  const client = launchable(parts).find((one) => one.clientId === clientId);
  const clinician = parts.users.clinician(fields.get("login") ?? "");
  const id = fields.get("patient") ?? "";
  const patient = parts.store.read("Patient", id)?.resource as Patient | undefined;
  const encounter = parts.store
    .ofPatient("Encounter", id)
    .find(({ resource }) => resource.id === fields.get("encounter"))?.resource;
  if (client?.launchUrl === undefined || clinician === undefined || patient === undefined) {
    return undefined;
  }
  return {
    client,
    launchUrl: client.launchUrl,
    clinician,
    patient,
    encounter: encounter as Encounter | undefined,
    isInOwnTab: fields.has("tab"),
  };
}

/** Where the application is opened. Of a patient nothing is in it but what the token stands for. */
async function launchAddress(chosen: Chosen, parts: LaunchParts): Promise<string> {
  const { client, launchUrl, clinician, isInOwnTab } = chosen;
  const { addresses } = parts.site;
  const url = new URL(launchUrl);
  const isEmpty = parts.faults.settings.emptyLaunch;
  const launch = await parts.tokens.launch({
    clientId: client.clientId,
    login: clinician.login,
    practitionerId: clinician.practitionerId,
    ...idsOf(chosen),
    isInOwnTab,
    extra: resolveContext(client.launchContext, chosen),
  });
  const { fhirBase } = addresses;
  url.searchParams.set("iss", isEmpty ? fhirBase.replace(/R4$/u, "DSTU2") : fhirBase);
  url.searchParams.set("launch", isEmpty ? "" : launch);
  return url.href;
}

function sendPage(reply: FastifyReply, text: string): FastifyReply {
  return reply.headers(pageHeaders).send(text);
}

function sendNotFound(reply: FastifyReply): FastifyReply {
  const text = page("Not there", html`<p>This is not on record (any more).</p>`);
  return reply.code(404).headers(pageHeaders).send(text);
}

const shownPatients = 50;
const shownVisits = 50;
