import { phi } from "@trestle/base";
import type { ReplyOf, Routes } from "./contract/index.ts";
import { patientCursor, readPatientCursor } from "./cursor.ts";
import type { Dependencies } from "./dependencies.ts";
import { disclose } from "./disclosure.ts";
import { apiErrors } from "./errors.ts";
import type { Caller } from "./handler.ts";
import { viewPatient } from "./patient-view.ts";

/** Which patients to show, to whom. */
export interface PatientPageRequest {
  readonly caller: Caller;
  /** The route's name. */
  readonly action: string;
  readonly site?: string | undefined;
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/**
 * A page of patients; those heard of last first.
 *
 * @throws {TrestleError} `api.badRequest` for a cursor that is none.
 */
export async function patientPage(
  { caller, action, site, search, cursor, limit }: PatientPageRequest,
  dependencies: Dependencies,
): Promise<ReplyOf<Routes["listPatients"]>> {
  const after = cursor === undefined ? undefined : readPatientCursor(cursor);
  if (cursor !== undefined && after === undefined) throw apiErrors.badRequest({ at: "cursor" });
  const found = await dependencies.record.patients({
    ...(site === undefined ? {} : { site }),
    ...(search === undefined ? {} : { text: phi(search) }),
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const patients = found.slice(0, limit);
  const last = patients.at(-1);
  const subjects = patients.map(({ id }) => `patient ${id}`);
  const disclosure = await disclose(caller, { action, subjects }, dependencies);
  return {
    items: patients.map((patient) => viewPatient(patient, disclosure)),
    ...(found.length > limit && last !== undefined ? { next: patientCursor(last) } : {}),
    isRevealed: disclosure.isRevealed,
  };
}
