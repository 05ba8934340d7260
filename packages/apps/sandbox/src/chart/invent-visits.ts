import { between, happens, pick } from "../draw.ts";
import { type Department, departments, diagnoses, visitTypes } from "../world/catalogue.ts";
import type { Booking, ChartVisit, Problem } from "./chart.ts";
import { type Invention, dayMs, daysAgo, pastNumbers } from "./invention.ts";

/** Visits of the past, all of them over, oldest first. */
export function inventVisits(
  invention: Invention,
  problems: readonly Problem[],
  count: number,
): readonly ChartVisit[] {
  const days = Math.max(1500, count * 7);
  const times = Array.from({ length: count }, () => daysAgo(invention, { least: 3, most: days }));
  return times
    .toSorted((one, other) => one - other)
    .map((startedAt, ordinal) => inventVisit(invention, { startedAt, ordinal, problems }));
}

/** A visit to a clinic was booked, under the number that the visit has. */
export function bookedAs({ csn, visitType, provider, startedAt, stays }: ChartVisit): Booking[] {
  if (visitType === undefined) return [];
  const [{ department }] = stays;
  return [
    { id: csn, type: visitType, department, provider, startsAt: startedAt, status: "Arrived" },
  ];
}

interface Given {
  readonly startedAt: number;
  readonly ordinal: number;
  readonly problems: readonly Problem[];
}

function inventVisit(
  { random, person, index }: Invention,
  { startedAt, ordinal, problems }: Given,
): ChartVisit {
  const kind = pick(random, kinds);
  const known = problems.filter(({ recordedAt }) => recordedAt <= startedAt);
  const [first, ...rest] = known.map(({ ailment }) => ailment);
  const isKnown = first !== undefined && happens(random, 0.6);
  const where = pick(random, placesOf[kind]);
  const isWard = kind === "I";
  return {
    csn: pastNumbers.visit(index, ordinal),
    kind,
    status: "finished",
    provider: person.primaryCare,
    startedAt,
    endedAt: startedAt + lengthMs(kind, between(random, 20, 60)),
    visitType: kind === "O" ? pick(random, visitTypes) : undefined,
    diagnosis: isKnown ? pick(random, [first, ...rest]) : pick(random, diagnoses),
    stays: [
      {
        department: where,
        room: isWard ? String(between(random, 401, 436)) : "",
        bed: isWard ? pick(random, ["A", "B"]) : "",
        from: startedAt,
      },
    ],
  };
}

/** In a clinic minutes, in emergency hours, in a ward days. */
function lengthMs(kind: ChartVisit["kind"], minutes: number): number {
  if (kind === "O") return minutes * 60_000;
  return kind === "E" ? minutes * 6 * 60_000 : Math.ceil(minutes / 12) * dayMs;
}

const kinds = ["O", "O", "O", "O", "O", "O", "E", "I"] as const;

function placesFor(kind: Department["kind"]): readonly [Department, ...Department[]] {
  const [first, ...rest] = departments.filter((department) => department.kind === kind);
  if (first === undefined) throw new RangeError(`the catalogue has no department of kind ${kind}`);
  return [first, ...rest];
}

const placesOf = {
  O: placesFor("clinic"),
  E: placesFor("emergency"),
  I: placesFor("ward"),
} as const;
