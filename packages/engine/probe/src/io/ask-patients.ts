import { TrestleError } from "@trestle/base";
import type { FhirResource, Patient } from "@trestle/fhir";
import { type Parameter, referencesIn } from "@trestle/gateway";
import type { PlannedSearch } from "../plan.ts";
import { refusedByFailure, refusedByNotices } from "../refusals.ts";
import type { Candidate, PatientFinder } from "./sample.ts";
import type { SearchTally } from "./search-tally.ts";
import type { SiteReader } from "./site-reader.ts";

/** What asking about patients needs, and what it counts into. */
export interface Asking {
  readonly reader: SiteReader;
  readonly finder: PatientFinder;
  readonly searches: readonly SearchTally[];
  /** What a site would have to grant for a search. */
  readonly apisFor: (search: PlannedSearch) => readonly string[];
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Keeps the access record of whose data was seen; called before anything else is done with it. */
  readonly recordAccess: (subjects: readonly string[]) => Promise<void>;
  /** Told of everybody who was found, with all that came of them. */
  readonly onPatient: (asked: AskedPatient) => Promise<void>;
  /** Resources that are read where others refer to them: by type, addresses that were met. */
  readonly met: ReadonlyMap<string, Set<string>>;
  readonly maxMet: number;
}

/** One patient of the sample, and what the site gave of them. */
export interface AskedPatient {
  readonly candidate: Candidate;
  /** By a key of this run. */
  readonly key: string;
  readonly patient: Patient;
  readonly bySearch: ReadonlyMap<PlannedSearch, readonly FhirResource[]>;
}

export type Outcome = "asked" | "notFound";

/** Finds one patient and makes every search for them. @throws {Ended} */
export async function askAbout(
  candidate: Candidate,
  key: string,
  asking: Asking,
): Promise<Outcome> {
  const { reader, searches } = asking;
  const { patient, failure } = await asking.finder.find(candidate);
  if (failure !== undefined) refuseAll(asking, key, failure);
  if (patient?.resourceType !== "Patient" || patient.id === undefined) {
    await asking.recordAccess(reader.takeSubjects());
    return "notFound";
  }
  const bySearch = new Map<PlannedSearch, readonly FhirResource[]>();
  for (const tally of searches) {
    const resources = await resourcesFor(tally, { patient, key }, asking);
    if (resources !== undefined) bySearch.set(tally.search, resources);
  }
  await asking.recordAccess(reader.takeSubjects());
  for (const resources of bySearch.values()) meet(resources, asking);
  await asking.onPatient({ candidate, key, patient, bySearch });
  return "asked";
}

/** Who cannot be found for lack of a right is refused in the search for patients itself. */
function refuseAll({ searches, apisFor }: Asking, key: string, failure: TrestleError): void {
  for (const tally of searches.filter(({ search }) => search.resource === "Patient"))
    count(tally, { key, failure, apis: apisFor(tally.search) });
}

function count(
  tally: SearchTally,
  seen: { readonly key: string; readonly failure: TrestleError; readonly apis: readonly string[] },
): boolean {
  const refused = refusedByFailure(seen.failure, seen.apis);
  if (refused === undefined) tally.failed(seen.failure);
  else tally.refusals.add(seen.key, refused);
  return refused !== undefined;
}

/** What one search gives of a patient, counted; undefined where it is not made. */
async function resourcesFor(
  tally: SearchTally,
  { patient, key }: { readonly patient: Patient; readonly key: string },
  asking: Asking,
): Promise<readonly FhirResource[] | undefined> {
  const { search } = tally;
  const { birthDate } = patient;
  const seen = { now: asking.now, birthDate };
  if (search.resource === "Patient") {
    tally.add(key, [patient], { ...seen, isRefused: false });
    return [patient];
  }
  if (search.patientParameter === undefined || tally.isClosed) return undefined;
  const parameters: Parameter[] = [[search.patientParameter, patient.id ?? ""]];
  const [name, value] = search.among?.split("=") ?? [];
  if (name !== undefined && value !== undefined) parameters.push([name, value]);
  const found = await asking.reader.search(search.resource, parameters);
  const { resources, notices, failure } = found;
  const byNotices = refusedByNotices(notices, resources.length > 0);
  for (const refused of byNotices) tally.refusals.add(key, withApis(refused, search, asking));
  if (failure !== undefined) count(tally, { key, failure, apis: asking.apisFor(search) });
  const isRefused = failure !== undefined || byNotices.length > 0;
  tally.add(key, resources, { ...seen, isRefused });
  return resources;
}

/** A remark that names no API is about what was searched for. */
function withApis<T extends { readonly apis: readonly string[]; readonly kind: string }>(
  refused: T,
  search: PlannedSearch,
  { apisFor }: Asking,
): T {
  const isGranted = refused.apis.length > 0 || refused.kind !== "applicationLacksAccess";
  return isGranted ? refused : { ...refused, apis: apisFor(search) };
}

function meet(resources: readonly FhirResource[], { met, maxMet }: Asking): void {
  if (met.size === 0) return;
  for (const resource of resources)
    for (const reference of referencesIn(resource)) {
      const [, type = "", id = ""] = /(?:^|\/)([A-Z][A-Za-z]+)\/([^/?#]+)$/u.exec(reference) ?? [];
      const known = met.get(type);
      if (known !== undefined && known.size < maxMet) known.add(id);
    }
}

/** Reads what others refer to, for types that no patient is searched by. @throws {Ended} */
export async function readMet(asking: Asking): Promise<void> {
  for (const tally of asking.searches) {
    const { resource } = tally.search;
    for (const id of asking.met.get(resource) ?? []) {
      if (tally.isClosed) break;
      const key = `${resource}/${id}`;
      const read = await asking.reader.read(resource, id);
      const isFailed = read instanceof TrestleError;
      if (isFailed) count(tally, { key, failure: read, apis: asking.apisFor(tally.search) });
      const seen = { now: asking.now, birthDate: undefined, isRefused: isFailed };
      tally.add(key, isFailed ? [] : [read], seen);
    }
  }
  await asking.recordAccess(asking.reader.takeSubjects());
}
