import type { Happening, Told } from "../life/happening.ts";
import type { Patient, Visit } from "../world/people.ts";
import { location, xcn, xcnShort } from "./names.ts";
import { type Sender, patientClass } from "./sender.ts";
import { components, segment, text } from "./write.ts";

/** A chart: the numbers by which a message names the patient. */
interface Chart {
  readonly epi: string;
  readonly mrn: string;
}

export function identifiers({ epi, mrn }: Chart, { facility, feed }: Sender): string {
  const { enterpriseNumber, recordNumberType } = feed;
  const everywhere = components({ 1: epi, 4: enterpriseNumber, 5: enterpriseNumber });
  return `${everywhere}~${components({ 1: mrn, 4: facility, 5: recordNumberType })}`;
}

/** The patient, by the chart that it is about, with the account of the visit that it is about. */
export function pid({ patient, happening }: Told, sender: Sender): string {
  const { address } = patient;
  const chart = happening.kind === "duplicate registration" ? happening : patient;
  return segment("PID", {
    1: "1",
    3: identifiers(chart, sender),
    5: components({ 1: text(patient.family), 2: text(patient.given), 3: patient.middle, 7: "L" }),
    7: patient.birthDate,
    8: patient.sex,
    10: patient.race,
    11: components({
      1: text(address.street),
      3: text(address.city),
      4: "WI",
      5: address.zip,
      6: "USA",
      7: "P",
      9: address.county,
    }),
    12: address.county,
    13: telephone(patient),
    15: patient.language,
    16: patient.maritalStatus,
    18: accountOf(happening),
    22: patient.ethnicity,
    30: "N",
  });
}

function accountOf(happening: Happening): string {
  if ("appointment" in happening) return happening.appointment.id;
  return "visit" in happening ? (happening.visit?.csn ?? "") : "";
}

export function pd1(patient: Patient): string {
  return segment("PD1", { 3: "LAKESHORE CLINIC^^10101", 4: xcnShort(patient.primaryCare) });
}

export function rol(patient: Patient): string {
  return segment("ROL", { 1: "1", 2: "UP", 3: "PP", 4: xcn(patient.primaryCare), 5: "20200101" });
}

export function nk1({ kin }: Patient): string {
  return segment("NK1", {
    1: "1",
    2: components({ 1: text(kin.family), 2: text(kin.given) }),
    3: kin.relation,
    5: phone(kin.phone),
    7: "Emergency Contact 1",
  });
}

export function allergies(patient: Patient): string[] {
  return patient.allergies.map(({ kind, code, name, reaction, severity }, index) =>
    segment("AL1", {
      1: String(index + 1),
      2: kind,
      3: `${code}^${text(name)}`,
      4: severity,
      5: reaction,
    }),
  );
}

/** The guarantor and the coverage. */
export function coverage(patient: Patient): string[] {
  const { plan, memberNumber } = patient;
  const name = components({ 1: text(patient.family), 2: text(patient.given), 3: patient.middle });
  return [
    segment("GT1", { 1: "1", 2: `8${patient.mrn}`, 3: name }),
    segment("IN1", {
      1: "1",
      2: `${plan.code}^${text(plan.name)}`,
      3: plan.payerCode,
      4: text(plan.payer),
      36: memberNumber,
    }),
  ];
}

/** Whether the patient uses the portal. */
export function zpd({ portal }: Patient): string {
  return segment("ZPD", { 2: "MYCH", 4: portal });
}

export function pv1(visit: Visit, sender: Sender): string {
  const provider = xcn(visit.provider);
  return segment("PV1", {
    1: "1",
    2: patientClass(sender, visit.kind),
    3: location(visit, sender.facility),
    4: visit.begunAs === "E" ? "ER" : "",
    7: provider,
    10: visit.kind === "O" ? "Internal Me" : "Med",
    17: visit.kind === "I" ? provider : "",
    18: visit.kind === "I" ? "IP" : visit.kind,
    19: visit.csn,
    44: sender.time(visit.startedAt),
    45: visit.endedAt === undefined ? "" : sender.time(visit.endedAt),
    50: visit.csn,
  });
}

export function pv2(visit: Visit): string {
  return segment("PV2", { 12: visit.kind === "O" ? "Office Visit" : "Hospital Encounter" });
}

export function dg1({ diagnosis, kind }: Visit): string {
  return segment("DG1", {
    1: "1",
    3: `${diagnosis.code}^${text(diagnosis.name)}^I10`,
    6: kind === "I" ? "Admit" : "Visit",
  });
}

/** Visit extras that Epic keeps in a segment of its own. */
export function zpv(visit: Visit): string {
  return segment("ZPV", { 2: visit.kind === "O" ? "2^Hospital Convenience" : "1^Admitted" });
}

function telephone({ phone: number, email }: Patient): string {
  const mail =
    email === undefined ? "" : `~${components({ 2: "NET", 3: "Internet", 4: text(email) })}`;
  return `${phone(number)}${mail}`;
}

function phone(number: string): string {
  const digits = number.replaceAll(/\D/gu, "");
  return components({ 1: number, 2: "P", 3: "PH", 6: digits.slice(0, 3), 7: digits.slice(3) });
}
