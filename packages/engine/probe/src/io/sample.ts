import { type Random, TrestleError, reveal } from "@trestle/base";
import type { FhirResource, Patient } from "@trestle/fhir";
import type { RecordPatient, RecordStore } from "@trestle/record";
import { choose } from "../choose.ts";
import { probeErrors } from "../errors.ts";
import type { SampleReport } from "../report.ts";
import type { SiteReader } from "./site-reader.ts";

/** Whom a probe asks about. */
export type SampleOrder =
  | { readonly how: "record" }
  /** `system|value`, a value alone, or `Patient/ID` of the site. */
  | { readonly how: "list"; readonly patients: readonly string[] }
  | { readonly how: "group"; readonly group: string };

/** Somebody who may be found at the site. */
export interface Candidate {
  /** By each of which they are looked for, until the site knows one. */
  readonly tries: readonly string[];
  readonly recordId?: string;
  /** As the hub knows them. */
  readonly birthDate?: string;
  readonly family?: string;
}

export interface Sample {
  readonly candidates: readonly Candidate[];
  readonly report: Pick<SampleReport, "how" | "words" | "candidates" | "chosen" | "seed">;
}

/**
 * Chooses whom to ask about: each candidate as likely as any other, the same for the same seed.
 *
 * @throws {TrestleError} `probe.nobody`, `probe.groupNotRead`
 * @throws {Ended}
 */
export async function chooseSample(
  order: SampleOrder,
  parts: {
    readonly site: string;
    readonly record: Pick<RecordStore, "patients">;
    readonly reader: SiteReader;
    readonly random: Random;
    readonly seed: number;
    readonly count: number;
  },
): Promise<Sample> {
  const { count, random, seed } = parts;
  const all = await candidatesOf(order, parts);
  if (all.length === 0) throw probeErrors.nobody({ site: parts.site });
  const candidates = choose(all, count, random);
  const { how } = order;
  const words = `${candidates.length} of ${all.length} ${sources[how]}, drawn by chance with seed ${seed}`;
  return {
    candidates,
    report: { how, words, candidates: all.length, chosen: candidates.length, seed },
  };
}

/** Finds people at a site, by the kind of number first by which the one before was found. */
export class PatientFinder {
  readonly #reader: SiteReader;
  #best = 0;

  constructor(reader: SiteReader) {
    this.#reader = reader;
  }

  /** Undefined where the site knows none of their numbers, or refuses. @throws {Ended} */
  async find(
    candidate: Candidate,
  ): Promise<{ readonly patient?: FhirResource; readonly failure?: TrestleError }> {
    const order = [this.#best, ...candidate.tries.keys()];
    let failure: TrestleError | undefined;
    for (const index of new Set(order)) {
      const text = candidate.tries[index];
      if (text === undefined) continue;
      const found = await this.#try(text);
      if (found instanceof TrestleError) failure = found;
      else if (found !== undefined && isSame(found, candidate)) {
        this.#best = index;
        return { patient: found };
      }
    }
    return failure === undefined ? {} : { failure };
  }

  async #try(text: string): Promise<FhirResource | TrestleError | undefined> {
    const [, id] = /^Patient\/([^/|]+)$/u.exec(text) ?? [];
    if (id !== undefined) return this.#reader.read("Patient", id);
    const { resources, failure } = await this.#reader.search("Patient", [["identifier", text]]);
    // A number that two people have names nobody.
    return resources.length === 1 ? resources[0] : failure;
  }
}

/** A number without its system may be somebody else's: birth date or family name must be the same. */
function isSame(found: FhirResource, { birthDate, family }: Candidate): boolean {
  if (found.resourceType !== "Patient") return false;
  if (birthDate === undefined && family === undefined) return true;
  const families = (found.name ?? []).map((name) => name.family?.toLowerCase());
  const isUnknown = found.birthDate === undefined && families.length === 0;
  return isUnknown || found.birthDate === birthDate || families.includes(family?.toLowerCase());
}

async function candidatesOf(
  order: SampleOrder,
  parts: {
    readonly site: string;
    readonly record: Pick<RecordStore, "patients">;
    readonly reader: SiteReader;
  },
): Promise<readonly Candidate[]> {
  if (order.how === "record") return ofRecord(parts.site, parts.record);
  if (order.how === "group") return ofGroup(order.group, parts.reader);
  return [...new Set(order.patients)].map((text) => ({ tries: [text] }));
}

/** The patients whom the hub heard of last, up to a limit. */
async function ofRecord(
  site: string,
  record: Pick<RecordStore, "patients">,
): Promise<readonly Candidate[]> {
  const all: Candidate[] = [];
  let after: RecordPatient | undefined;
  while (all.length < maxCandidates) {
    const page = await record.patients({ site, limit: 500, ...(after && { after }) });
    all.push(...page.flatMap(candidateIn));
    after = page.at(-1);
    if (page.length < 500) break;
  }
  return all;
}

/** By whole numbers first; sites may call the systems otherwise than the hub's tables do. */
function candidateIn({ id, identifiers, resource }: RecordPatient): readonly Candidate[] {
  const whole = identifiers
    .map((each) => reveal(each))
    .filter((each) => each.includes("|"))
    .slice(0, maxNumbers);
  if (whole.length === 0) return [];
  const alone = whole.map((each) => each.slice(each.lastIndexOf("|") + 1));
  const { birthDate, name = [] } = reveal(resource) as Patient;
  const family = name.find((each) => each.family !== undefined)?.family;
  const known = { ...(birthDate !== undefined && { birthDate }), ...(family && { family }) };
  return [{ tries: [...whole, ...alone], recordId: id, ...known }];
}

async function ofGroup(group: string, reader: SiteReader): Promise<readonly Candidate[]> {
  const read = await reader.read("Group", group);
  if (read instanceof TrestleError || read.resourceType !== "Group")
    throw probeErrors.groupNotRead();
  return (read.member ?? []).flatMap(({ entity }) => {
    const [, id] = /(?:^|\/)Patient\/([^/]+)$/u.exec(entity.reference ?? "") ?? [];
    return id === undefined ? [] : [{ tries: [`Patient/${id}`] }];
  });
}

const sources: Readonly<Record<SampleOrder["how"], string>> = {
  record: "patients of the hub's record, of those heard of last",
  list: "patients of a list",
  group: "members of a Group of the site",
};

const maxCandidates = 10_000;
/** A site that knows none of these will not know the next. */
const maxNumbers = 2;
