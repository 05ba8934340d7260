import { between, happens, pick } from "../draw.ts";
import { drugs } from "../world/catalogue.ts";
import { homeMedications, medicationOf } from "../world/medications.ts";
import { procedureKinds } from "../world/procedures.ts";
import { vaccines } from "../world/vaccines.ts";
import type {
  Aim,
  Background,
  ChartVisit,
  Done,
  Dose,
  Injection,
  Prescription,
  Problem,
} from "./chart.ts";
import { type Invention, daysAgo, pastNumbers } from "./invention.ts";

interface Known {
  readonly problems: readonly Problem[];
  readonly visits: readonly ChartVisit[];
}

/** What was done against illness: prescriptions, vaccinations, procedures, goals, doses. */
export function inventTreatments(
  invention: Invention,
  known: Known,
): Pick<
  Background,
  "prescriptions" | "immunizations" | "procedures" | "goals" | "administrations"
> {
  return {
    prescriptions: inventPrescriptions(invention, known),
    immunizations: inventImmunizations(invention),
    procedures: inventProcedures(invention, known.visits),
    goals: inventGoals(invention),
    administrations: inventDoses(invention, known.visits),
  };
}

/** For each problem that a drug is known for, in the numbers above those of laboratory orders. */
function inventPrescriptions(
  { random, index }: Invention,
  { problems, visits }: Known,
): readonly Prescription[] {
  const written = problems.flatMap(({ ailment, recordedAt, isOutside }, ordinal) => {
    const medication = homeMedications.find(({ treats }) => treats === ailment.code);
    if (medication === undefined) return [];
    const visit = visits.find(({ startedAt }) => startedAt >= recordedAt);
    const [first] = visits;
    return {
      orderId: pastNumbers.order(index, 250 + ordinal),
      csn: visit?.csn,
      medication,
      writtenAt: visit?.startedAt ?? recordedAt,
      days: pick(random, [30, 90]),
      prescriber: (visit ?? first)?.provider,
      isActive: happens(random, 0.8),
      isOutside,
    };
  });
  return written
    .flatMap((each) =>
      each.prescriber === undefined ? [] : { ...each, prescriber: each.prescriber },
    )
    .toSorted((one, other) => one.writtenAt - other.writtenAt);
}

function inventImmunizations(invention: Invention): readonly Injection[] {
  const { random, person } = invention;
  return vaccines
    .flatMap((vaccine) => {
      const count = vaccine.everyYears === 1 ? between(random, 1, 4) : between(random, 0, 1);
      return Array.from({ length: count }, (_, dose) => ({ vaccine, dose }));
    })
    .map(({ vaccine, dose }, number) => ({
      number,
      vaccine,
      at: daysAgo(invention, { least: 30 + dose * 365, most: 330 + dose * 365 }),
      lot: `L${between(random, 10_000, 99_999)}`,
      by: person.primaryCare,
      isOutside: happens(random, 0.1),
    }))
    .toSorted((one, other) => one.at - other.at);
}

function inventProcedures(
  { random, index }: Invention,
  visits: readonly ChartVisit[],
): readonly Done[] {
  return visits
    .filter(() => happens(random, 0.2))
    .slice(0, 20)
    .map((visit, ordinal) => ({
      orderId: pastNumbers.order(index, 400 + ordinal),
      kind: pick(random, procedureKinds),
      at: visit.startedAt + 15 * 60_000,
      by: visit.provider,
      csn: visit.csn,
      isOutside: happens(random, 0.08),
    }));
}

function inventGoals(invention: Invention): readonly Aim[] {
  const { random, person } = invention;
  return aims
    .filter(() => happens(random, 0.4))
    .map((text, number) => ({
      number,
      text,
      startedAt: daysAgo(invention, { least: 10, most: 500 }),
      isReached: happens(random, 0.3),
      by: person.primaryCare,
    }));
}

/** One dose of a stay; of the others the chart of the past has only the order. */
function inventDoses({ random, index }: Invention, visits: readonly ChartVisit[]): readonly Dose[] {
  return visits
    .filter(({ kind }) => kind === "I")
    .slice(0, 40)
    .map((visit, ordinal) => ({
      orderId: pastNumbers.order(index, 450 + ordinal),
      csn: visit.csn,
      medication: medicationOf(pick(random, drugs)),
      at: visit.startedAt + between(random, 60, 400) * 60_000,
      orderedBy: visit.provider,
    }));
}

const aims = [
  "Walk for 30 minutes on most days",
  "Keep blood pressure below 130/80",
  "Eat vegetables with every meal",
] as const;
