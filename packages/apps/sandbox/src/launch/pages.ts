import type { Encounter, Patient } from "@trestle/fhir";
import type { Client } from "../access/clients.ts";
import type { Clinician } from "../access/users.ts";
import { html, page } from "../site/html.ts";

/** The list of patients, with a search by name or record number. */
export function patientsPage(options: {
  readonly root: string;
  readonly patients: readonly Patient[];
  readonly find: string;
  readonly clients: readonly Client[];
}): string {
  const { root, patients, find, clients } = options;
  const rows = patients.map(
    (patient) =>
      html`<tr>
        <td>
          <a href="${root}/patients/${encodeURIComponent(patient.id ?? "")}">${nameOf(patient)}</a>
        </td>
        <td>${patient.birthDate}</td>
        <td>${mrnOf(patient)}</td>
      </tr>`,
  );
  const known = clients.map(
    ({ name, clientId, audience }) =>
      html`<tr>
        <td>${name}</td>
        <td><code>${clientId}</code></td>
        <td>${audience}</td>
      </tr>`,
  );
  return page(
    "Hyperspace",
    html`<form method="get" action="${root}">
        <label>Name or record number <input type="text" name="find" value="${find}" /></label
        ><button>Find</button>
      </form>
      <h2>Patients</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Born</th>
            <th scope="col">Record number</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
      ${patients.length === 0 ? html`<p>Nobody fits.</p>` : undefined}
      <h2>Applications on record</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Client id</th>
            <th scope="col">For</th>
          </tr>
        </thead>
        <tbody>
          ${known}
        </tbody>
      </table>`,
  );
}

/** A patient's visits, and what can be launched. */
export function patientPage(options: {
  readonly root: string;
  readonly patient: Patient;
  readonly encounters: readonly Encounter[];
  readonly clinicians: readonly Clinician[];
  readonly clients: readonly Client[];
}): string {
  const { root, patient, encounters, clinicians, clients } = options;
  const visits = encounters.map(
    (encounter) => html`<option value="${encounter.id}">${visitOf(encounter)}</option>`,
  );
  const people = clinicians.map(
    ({ login, name }) => html`<option value="${login}">${name}</option>`,
  );
  const apps = clients.map(
    ({ clientId, name }) =>
      html`<fieldset>
        <legend>${name}</legend>
        <button name="tab" value="${clientId}">Open in a tab</button>
        <button name="frame" value="${clientId}">Open here</button>
      </fieldset>`,
  );
  return page(
    nameOf(patient),
    html`<p><a href="${root}">All patients</a></p>
      <p>
        Born ${patient.birthDate}. Record number ${mrnOf(patient)}. FHIR id
        <code>${patient.id}</code>.
      </p>
      <form method="post" action="${root}/launch">
        <input type="hidden" name="patient" value="${patient.id}" />
        <label
          >Signed in as
          <select name="login">
            ${people}
          </select></label
        >
        <label
          >Visit
          <select name="encounter">
            <option value="">none</option>
            ${visits}
          </select></label
        >
        <h2>Applications</h2>
        ${apps}
        ${apps.length === 0 ? html`<p>No application on record has an address for launches.</p>` : undefined}
      </form>`,
  );
}

/** An application inside of the hospital's program. */
export function framePage(name: string, address: string): string {
  return page(name, html`<iframe title="${name}" src="${address}"></iframe>`);
}

export function nameOf({ name: [official] = [] }: Patient): string {
  return official?.text ?? `${official?.given?.join(" ") ?? ""} ${official?.family ?? ""}`.trim();
}

/** The record number, whatever a site calls its type. */
export function mrnOf({ identifier = [] }: Patient): string {
  return identifier.find(({ system }) => system?.endsWith(".737384.14") === true)?.value ?? "";
}

function visitOf({ period, status, location, type }: Encounter): string {
  const where = location?.[0]?.location.display ?? "";
  const what = type?.find(({ text }) => text !== undefined)?.text ?? "";
  return [period?.start?.slice(0, 16), what, where, status].filter(Boolean).join(" · ");
}
