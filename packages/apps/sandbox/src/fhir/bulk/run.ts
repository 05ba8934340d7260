import type { OutcomeIssue } from "@trestle/epic";
import type { Visit } from "../http/visit.ts";
import { listed } from "../search/members.ts";
import { attachedTo, linkedFrom } from "../search/references.ts";
import type { Filed } from "../store.ts";
import type { ExportTypes } from "./export-types.ts";
import type { Export, ExportFile } from "./exports.ts";

export interface ExportPlan {
  readonly patients: readonly string[];
  readonly types: ExportTypes;
}

/** Walks through the patients of an export, one at a turn, so that others are served meanwhile. */
export function runExport(visit: Visit, running: Export, plan: ExportPlan): void {
  new Run(visit, running, plan).next();
}

class Run {
  readonly #visit: Visit;
  readonly #running: Export;
  readonly #plan: ExportPlan;
  readonly #ids = new Map<string, Set<string>>();
  readonly #issues: OutcomeIssue[];

  constructor(visit: Visit, running: Export, plan: ExportPlan) {
    this.#visit = visit;
    this.#running = running;
    this.#plan = plan;
    this.#issues = [...plan.types.issues];
  }

  next(): void {
    this.#visit.server.parts.clock.after(0, () => {
      if (!this.#visit.server.exports.isKept(this.#running.id)) return;
      const patientId = this.#plan.patients[this.#running.progress];
      if (patientId === undefined) {
        this.#finish();
        return;
      }
      this.#take(patientId);
      this.#running.progress += 1;
      this.next();
    });
  }

  #take(patientId: string): void {
    const { access, outcomes, server } = this.#visit;
    if (access.restrictionOf(patientId) !== undefined) {
      this.#issues.push(outcomes.issue("59007", { diagnostics: `Patient/${patientId}` }));
      return;
    }
    const { types, hasProvenance } = this.#plan.types;
    const all = types.flatMap(({ type, isTaken }) =>
      shared.has(type)
        ? []
        : [...listed(this.#visit, type, server.parts.store.ofPatient(type, patientId))].filter(
            isTaken,
          ),
    );
    for (const filed of all) this.#add(filed);
    for (const filed of all) this.#addShared(filed);
    if (hasProvenance) this.#addProvenance(patientId);
  }

  /** Staff, places, medications and documents come where what is exported refers to them. */
  #addShared({ resource }: Filed): void {
    const { store } = this.#visit.server.parts;
    const wanted = this.#plan.types.types.filter(({ type }) => shared.has(type));
    if (wanted.length === 0) return;
    for (const reference of [...linkedFrom(resource), ...attachedTo(resource)]) {
      const [type = "", id = ""] = reference.split("/");
      const isTaken = wanted.find((each) => each.type === type)?.isTaken;
      if (isTaken === undefined || this.#ids.get(type)?.has(id) === true) continue;
      const found = store.read(type, id);
      if (found !== undefined && isTaken(found)) this.#add(found);
    }
  }

  #addProvenance(patientId: string): void {
    const { store } = this.#visit.server.parts;
    for (const filed of store.ofPatient("Provenance", patientId)) {
      const { resource } = filed;
      if (resource.resourceType !== "Provenance") continue;
      const isAbout = resource.target.some(({ reference = "" }) => {
        const [type = "", id = ""] = reference.split("/");
        return this.#ids.get(type)?.has(id) === true;
      });
      if (isAbout) this.#add(filed);
    }
  }

  #add({ resource }: Filed): void {
    const ids = this.#ids.get(resource.resourceType) ?? new Set();
    this.#ids.set(resource.resourceType, ids.add(resource.id));
  }

  #finish(): void {
    const { maxFileResources } = this.#visit.server.limits;
    const output: readonly ExportFile[] = [...this.#ids].flatMap(([type, ids]) =>
      chunks([...ids], maxFileResources).map((chunk) => ({ type, ids: chunk })),
    );
    const errors: readonly ExportFile[] =
      this.#issues.length === 0 ? [] : [{ type: "OperationOutcome", issues: this.#issues }];
    this.#running.files = [...output, ...errors];
    this.#running.isDone = true;
  }
}

function chunks(ids: readonly string[], size: number): readonly (readonly string[])[] {
  const count = Math.ceil(ids.length / size);
  return Array.from({ length: count }, (_, index) => ids.slice(index * size, (index + 1) * size));
}

/** Of no patient, or only reached through what refers to them. */
const shared: ReadonlySet<string> = new Set([
  "Binary",
  "Location",
  "Medication",
  "Organization",
  "Practitioner",
  "PractitionerRole",
  "Questionnaire",
  "Substance",
]);
