import type {
  Appointment,
  Condition,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  FhirResource,
  Identifier,
  MedicationAdministration,
  Observation,
  Patient,
  ServiceRequest,
} from "@trestle/fhir";
import type { ChartStore } from "../../src/fhir/chart-store.ts";
import type { Received } from "./hospital.ts";

/** The systems by which a receiver tells numbers apart; those of the sandbox's own installation. */
const root = "urn:oid:1.2.840.114350.1.13.0.1";
const systems = {
  epi: `${root}.7.5.737384.0`,
  recordNumber: `${root}.7.5.737384.14`,
  csn: `${root}.7.3.698084.8`,
  order: `${root}.7.2.798268`,
  note: `${root}.7.2.727879`,
  provider: `${root}.7.2.697780`,
  department: `${root}.7.2.686980`,
  medication: `${root}.7.2.698288`,
  labComponent: `${root}.7.2.768282`,
} as const;

/**
 * Compares a message with what FHIR shows in the moment after it was told, and says what differs.
 * It knows nothing of the sandbox but what a receiver would.
 */
export function disagreements(received: Received, store: ChartStore): readonly string[] {
  const number = received.message.get("PID-3[1]") ?? "";
  const found = find(store, number);
  if (found === undefined) return [`${received.type}: no such patient`];
  const check = new Check(received, store, found.id);
  check.patient(found);
  check.visit();
  check.clinical();
  return check.wrong.map((each) => `${received.type}: ${each}`);
}

type Found = Patient & { readonly id: string };

function find(store: ChartStore, number: string): Found | undefined {
  for (const { resource } of store.all("Patient")) {
    if (resource.resourceType !== "Patient") continue;
    if (valueOf(resource.identifier, systems.recordNumber) === number) return resource;
  }
  return undefined;
}

class Check {
  readonly wrong: string[] = [];
  readonly #received: Received;
  readonly #store: ChartStore;
  readonly #patientId: string;

  constructor(received: Received, store: ChartStore, patientId: string) {
    this.#received = received;
    this.#store = store;
    this.#patientId = patientId;
  }

  patient(patient: Patient): void {
    this.#same("EPI", this.#get("PID-3"), valueOf(patient.identifier, systems.epi));
    this.#same("family", this.#get("PID-5"), patient.name?.[0]?.family?.toUpperCase());
    this.#same("given", this.#get("PID-5.2"), patient.name?.[0]?.given?.[0]?.toUpperCase());
    if (this.#received.type === "ADT^A40") this.#merged();
    else this.#demographics(patient);
  }

  #demographics(patient: Patient): void {
    this.#same("birth date", this.#get("PID-7"), patient.birthDate?.replaceAll("-", ""));
    this.#same("sex", this.#get("PID-8") === "F" ? "female" : "male", patient.gender);
    this.#same("street", this.#get("PID-11"), patient.address?.[0]?.line?.[0]?.toUpperCase());
    this.#same("zip", this.#get("PID-11.5"), patient.address?.[0]?.postalCode);
    this.#same("telephone", digits(this.#get("PID-13")), digits(patient.telecom?.[0]?.value));
  }

  visit(): void {
    const csn = this.#get("PV1-19");
    if (csn === undefined || this.#received.type.startsWith("SIU")) return;
    const encounter = this.#of<Encounter>("Encounter").find(
      ({ identifier }) => valueOf(identifier, systems.csn) === csn,
    );
    if (encounter === undefined) return void this.wrong.push("no such encounter");
    const { participant = [], location = [], period = {}, status } = encounter;
    const place = location.at(-2)?.location.reference;
    this.#same("department", this.#get("PV1-3.11"), this.#numberOf(place, systems.department));
    if (this.#received.type === "RAS^O17") return;
    const provider = participant.at(-1)?.individual?.reference;
    this.#same("provider", this.#get("PV1-7"), this.#numberOf(provider, systems.provider));
    this.#same("begin", this.#get("PV1-44"), localTime(period.start));
    const isCancelled = this.#received.type === "ADT^A11";
    const isOver = this.#get("PV1-45") !== undefined;
    if (isOver) this.#same("end", this.#get("PV1-45"), localTime(period.end));
    const open = isOver ? "finished" : "in-progress";
    this.#same("status", isCancelled ? "unknown" : open, status);
    this.#diagnosis(encounter);
  }

  clinical(): void {
    const { type } = this.#received;
    if (type === "ORM^O01") this.#order();
    if (type === "ORU^R01" && this.#get("OBR-4") !== "FLO") this.#result();
    if (type === "ORU^R01" && this.#get("OBR-4") === "FLO") this.#vitals();
    if (type === "RAS^O17") this.#dose();
    if (type === "MDM^T02") this.#note();
    if (type.startsWith("SIU")) this.#appointment();
  }

  #merged(): void {
    const gone = this.#get("MRG-1[1]") ?? "";
    if (find(this.#store, gone) !== undefined) this.wrong.push("the merged chart is still there");
  }

  #diagnosis({ id }: Encounter): void {
    const code = this.#get("DG1-3");
    if (code === undefined) return;
    const found = this.#of<Condition>("Condition").find(
      ({ encounter }) => encounter?.reference === `Encounter/${id}`,
    );
    const coded = found?.code?.coding?.find(({ system }) => system?.endsWith("icd-10-cm") === true);
    this.#same("diagnosis", code, coded?.code);
  }

  #order(): void {
    const placed = this.#get("ORC-2");
    const found = this.#of<ServiceRequest>("ServiceRequest").find(
      ({ identifier }) => valueOf(identifier, systems.order) === placed,
    );
    this.#same("test", this.#get("OBR-4"), found?.code?.coding?.[0]?.code);
    this.#same("ordered", this.#get("ORC-9"), localTime(found?.authoredOn));
    this.#same("order's status", "active", found?.status);
    const requester = this.#numberOf(found?.requester?.reference, systems.provider);
    this.#same("requester", this.#get("ORC-12"), requester);
  }

  #result(): void {
    const placed = this.#get("ORC-2");
    const report = this.#of<DiagnosticReport>("DiagnosticReport").find(
      ({ identifier }) => valueOf(identifier, systems.order) === placed,
    );
    if (report === undefined) return void this.wrong.push("no such report");
    this.#same("reported", this.#get("OBR-22"), localTime(report.issued));
    this.#same("components", String(this.#count("OBX")), String(report.result?.length));
    for (const [index, { reference = "" }] of (report.result ?? []).entries()) {
      const observation = this.#read(reference);
      if (observation?.resourceType === "Observation") this.#component(index, observation);
      else this.wrong.push("no such component");
    }
  }

  #component(index: number, { code, valueQuantity, interpretation }: Observation): void {
    const own = code.coding?.find(({ system }) => system === systems.labComponent);
    this.#same("component", this.#get(`OBX[${index}]-3`), own?.code);
    this.#sameNumber("value", this.#get(`OBX[${index}]-5`), valueQuantity?.value);
    this.#same("flag", this.#get(`OBX[${index}]-8`), interpretation?.[0]?.text?.charAt(0));
  }

  #vitals(): void {
    const at = this.#get("OBR-7");
    const measured = this.#of<Observation>("Observation").filter(
      ({ effectiveDateTime, category }) =>
        localTime(effectiveDateTime) === at && category?.[0]?.text === "Vital Signs",
    );
    this.#same("rows", String(this.#count("OBX")), String(measured.length));
    const [pressure, ...rest] = measured;
    const both = pressure?.component?.map(({ valueQuantity }) => valueQuantity?.value);
    this.#same("blood pressure", this.#get("OBX-5"), both?.join("/"));
    for (const [index, observation] of rest.entries()) {
      this.#sameNumber("row", this.#get(`OBX[${index + 1}]-5`), observation.valueQuantity?.value);
    }
  }

  #dose(): void {
    const placed = this.#get("ORC-2");
    const given = this.#of<MedicationAdministration>("MedicationAdministration").find(
      ({ identifier }) => valueOf(identifier, systems.order) === placed,
    );
    const drug = this.#numberOf(given?.medicationReference?.reference, systems.medication);
    this.#same("drug", this.#get("RXA-5"), drug);
    this.#same("given", this.#get("RXA-3"), localTime(given?.effectiveDateTime));
    this.#sameNumber("dose", this.#get("RXA-6"), given?.dosage?.dose?.value);
    const order = this.#numberOf(given?.request?.reference, systems.order);
    this.#same("order of the dose", placed, order);
  }

  #note(): void {
    const number = this.#get("TXA-12");
    const note = this.#of<DocumentReference>("DocumentReference").find(
      ({ identifier }) => valueOf(identifier, systems.note) === number,
    );
    this.#same("type of note", this.#get("TXA-2"), note?.type?.coding?.[0]?.code);
    const author = this.#numberOf(note?.author?.[0]?.reference, systems.provider);
    this.#same("author", this.#get("TXA-9"), author);
    const page = this.#read(note?.content[0]?.attachment.url ?? "");
    const text = page?.resourceType === "Binary" ? decoded(page.data) : "";
    for (let index = 0; index < this.#count("OBX"); index += 1) {
      const line = this.#get(`OBX[${index}]-5`) ?? "?";
      if (!text.includes(line)) this.wrong.push("a line of the note is not in its text");
    }
  }

  #appointment(): void {
    const number = this.#get("SCH-1");
    const found = this.#of<Appointment>("Appointment").find(
      ({ identifier }) => valueOf(identifier, systems.csn) === number,
    );
    this.#same("booked", this.#get("SCH-11.4"), localTime(found?.start));
    this.#same("ends", this.#get("SCH-11.5"), localTime(found?.end));
    this.#same("state", states[this.#get("SCH-25") ?? ""], found?.status);
    this.#same("visit type", this.#get("SCH-8"), found?.serviceType?.[0]?.coding?.[0]?.code);
  }

  #same(what: string, told: string | undefined, shown: string | undefined): void {
    if (told !== shown) this.wrong.push(`${what} is told as ${told} and shown as ${shown}`);
  }

  #sameNumber(what: string, told: string | undefined, shown: number | undefined): void {
    this.#same(what, String(Number(told)), String(shown));
  }

  #get(path: string): string | undefined {
    return this.#received.message.get(path);
  }

  #count(segment: string): number {
    return this.#received.text.split("\r").filter((line) => line.startsWith(`${segment}|`)).length;
  }

  #of<Resource extends FhirResource>(type: Resource["resourceType"]): readonly Resource[] {
    return this.#store
      .ofPatient(type, this.#patientId)
      .map(({ resource }) => resource as unknown as Resource);
  }

  #read(reference: string): FhirResource | undefined {
    const [type = "", id = ""] = reference.split("/");
    return this.#store.read(type, id)?.resource;
  }

  /** The number of what is referred to, by which messages name it. */
  #numberOf(reference: string | undefined, system: string): string | undefined {
    const target = this.#read(reference ?? "");
    const identifiers = (target as { identifier?: Identifier[] } | undefined)?.identifier;
    return valueOf(identifiers, system);
  }
}

function valueOf(identifiers: readonly Identifier[] | undefined, system: string) {
  return identifiers?.find((each) => each.system === system)?.value;
}

function decoded(data: string | undefined): string {
  return Buffer.from(data ?? "", "base64")
    .toString("utf8")
    .replaceAll("&amp;", "&");
}

function digits(text: string | undefined): string | undefined {
  return text?.replaceAll(/\D/gu, "");
}

/** As messages write it: local, without an offset. */
function localTime(moment: string | undefined): string | undefined {
  if (moment === undefined) return undefined;
  const known = localTimes.get(moment);
  if (known !== undefined) return known;
  const text = new Date(moment).toLocaleString("sv-SE", { timeZone: "America/Chicago" });
  const local = text.replaceAll(/\D/gu, "");
  localTimes.set(moment, local);
  return local;
}

/** Dates are slow to write, and the same come again and again. */
const localTimes = new Map<string, string>();

const states: Readonly<Record<string, string>> = {
  Sch: "booked",
  Canceled: "cancelled",
  "No Show": "noshow",
  Arrived: "arrived",
};
