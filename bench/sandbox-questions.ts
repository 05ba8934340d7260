import type { SandboxProcess } from "./sandbox-process.ts";

/** Paths that are asked for, by what they are. */
export type Questions = Readonly<Record<string, readonly string[]>>;

/**
 * Gathers what a client could ask for. The same hospital has the same ids at each start, so they
 * serve for processes that were never asked before.
 *
 * Cold are those of more patients than the hospital keeps: each comes again when it is forgotten.
 */
export async function gatherQuestions(
  { origin, fhirPath }: SandboxProcess,
  { token, patients }: { readonly token: string; readonly patients: number },
): Promise<Questions> {
  const headers = { authorization: `Bearer ${token}`, accept: "application/fhir+json" };
  const get: Get = async (path) => {
    const response = await fetch(`${origin}${fhirPath}/${path}`, { headers });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return ((await response.json()) as Bundle).entry.map(({ resource }) => resource);
  };
  const known: Known[] = [];
  for (let index = 0; index < lookedAt; index += 1) {
    known.push(await look(firstNumber + Math.floor((index * patients) / lookedAt), get));
  }
  const [warm, cold] = [known.slice(0, 40), known.slice(40)];
  const questions = {
    "Reads, warm": warm.flatMap(({ reads }) => reads),
    "Reads, cold": cold.map(({ reads }, index) => reads[index % reads.length] ?? ""),
    "Searches of 50, warm": warm.flatMap(({ fullSearch }) => fullSearch),
    "Searches of 50, cold": cold.flatMap(({ fullSearch }) => fullSearch),
    "Patients by number": known.map(({ number }) => `Patient?identifier=${number}`),
    "Patients by name": known.map(({ byName }) => byName),
  };
  return Object.fromEntries(
    Object.entries(questions).map(([name, all]) => [
      name,
      all.map((path) => `${fhirPath}/${path}`),
    ]),
  );
}

/** What is known of one patient. */
interface Known {
  readonly number: number;
  /** The Patient, a visit and a vital sign. */
  readonly reads: readonly string[];
  /** A search whose first page is full; none where there is less. */
  readonly fullSearch: readonly string[];
  readonly byName: string;
}

type Get = (path: string) => Promise<readonly Resource[]>;

async function look(number: number, get: Get): Promise<Known> {
  const [patient] = await get(`Patient?identifier=${number}`);
  if (patient === undefined) throw new Error(`there is no patient ${number}`);
  const { id, birthDate = "", name: [{ family, given }] = [nobody] } = patient;
  const [visit] = await get(`Encounter?patient=${id}`);
  const search = `Observation?patient=${id}&category=vital-signs&_count=${pageSize}`;
  const page = await get(search);
  const all = [patient, visit, page[0]].filter((each) => each !== undefined);
  return {
    number,
    reads: all.map(({ resourceType, id: own }) => `${resourceType}/${own}`),
    fullSearch: page.length === pageSize ? [search] : [],
    byName: `Patient?${query({ family, given: given[0] ?? "", birthdate: birthDate })}`,
  };
}

function query(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams(parameters).toString();
}

interface Bundle {
  readonly entry: readonly { readonly resource: Resource }[];
}

interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly birthDate?: string;
  readonly name?: readonly [typeof nobody];
}

const nobody = { family: "", given: [""] };
const pageSize = 50;
const firstNumber = 900_001;

/** Twice as many as the hospital keeps pasts of, and more. */
const lookedAt = 1300;
