import type { Encounter, Patient } from "@trestle/fhir";
import type { Clinician } from "../access/users.ts";

/** What is open in the hospital's program when it launches an application. */
export interface Opened {
  readonly clinician: Clinician;
  readonly patient: Patient;
  readonly encounter: Encounter | undefined;
}

/** What of it has a place of its own in the answer with the token. */
export interface OpenedIds {
  readonly patientId: string | undefined;
  readonly encounterId: string | undefined;
  readonly locationId: string | undefined;
  readonly departmentId: string | undefined;
  readonly appointmentId: string | undefined;
}

export function idsOf({ patient, encounter }: Opened): OpenedIds {
  const [department] = encounter?.location ?? [];
  const departmentId = idIn(department?.location.reference);
  return {
    patientId: patient.id,
    encounterId: encounter?.id,
    locationId: departmentId,
    departmentId,
    appointmentId: idIn(encounter?.appointment?.[0]?.reference),
  };
}

/**
 * What a site adds for a client: `dob=%DOB%&user=%SYSLOGIN%` becomes members of the token's answer.
 *
 * @param template As the site has it on record. A mnemonic that is not known gives nothing; a name
 * that the answer has anyway is passed over.
 */
export function resolveContext(template: string, opened: Opened): Readonly<Record<string, string>> {
  const values = mnemonicsOf(opened);
  const members = [...new URLSearchParams(escapePercents(template))]
    .filter(([name]) => name !== "" && !RESERVED.has(name))
    .map(([name, value]) => [name, value.replaceAll(/%[A-Z]+%/gu, (word) => values[word] ?? "")]);
  return Object.fromEntries(members) as Readonly<Record<string, string>>;
}

/** A mnemonic such as `%DOB%` may begin as an escape does, which it is none. */
function escapePercents(template: string): string {
  return template.replaceAll("%", "%25");
}

function mnemonicsOf({ clinician, patient, encounter }: Opened): Readonly<Record<string, string>> {
  const external = patient.identifier?.find(({ type }) => type?.text === "EXTERNAL")?.value;
  const [csn] = encounter?.identifier ?? [];
  const [department] = encounter?.location ?? [];
  return {
    "%SYSLOGIN%": clinician.login,
    "%EPICUSERID%": clinician.id,
    "%USERPROVFHIRID%": clinician.practitionerId,
    "%USERFNAME%": clinician.given,
    "%USERLNAME%": clinician.family,
    "%EPTID%": external ?? "",
    "%CSN%": csn?.value ?? "",
    "%DOB%": patient.birthDate ?? "",
    "%LOGINDEPTID%":
      department?.location.identifier?.value ?? idIn(department?.location.reference) ?? "",
  };
}

function idIn(reference: string | undefined): string | undefined {
  return reference?.split("/").at(-1);
}

const RESERVED = new Set([
  "access_token",
  "token_type",
  "expires_in",
  "scope",
  "state",
  "patient",
  "encounter",
  "location",
  "appointment",
  "loginDepartment",
  "need_patient_banner",
  "smart_style_url",
  "id_token",
  "refresh_token",
  "__epic.dstu2.patient",
  "__proto__",
]);
