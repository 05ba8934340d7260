import { around, between, happens, pick } from "../draw.ts";
import type { Measurement } from "../life/happening.ts";
import { flowsheetRows, labOrders, noteTypes, weightRow } from "../world/catalogue.ts";
import { drawLabValue } from "../world/lab-values.ts";
import type { Background, ChartNote, ChartVisit, LabReport, Line, VitalsReading } from "./chart.ts";
import { type Invention, pastNumbers } from "./invention.ts";

/** What was measured, written and placed at the visits of the past. */
export function inventMeasures(
  invention: Invention,
  visits: readonly ChartVisit[],
): Pick<Background, "labs" | "vitals" | "notes" | "lines"> {
  const { random } = invention;
  const tested = visits.filter(() => happens(random, 0.6));
  return {
    labs: tested.map((visit, ordinal) => inventLab(invention, visit, ordinal)),
    vitals: visits.map((visit, number) => inventVitals(invention, visit, number)),
    notes: visits.map((visit, ordinal) => inventNote(invention, visit, ordinal)),
    lines: visits
      .filter(({ kind }) => kind === "I")
      .map((visit, number) => inventLine(invention, visit, number)),
  };
}

function inventLab({ random, index }: Invention, visit: ChartVisit, ordinal: number): LabReport {
  const test = pick(random, labOrders);
  const orderedAt = visit.startedAt + between(random, 5, 15) * 60_000;
  return {
    orderId: pastNumbers.order(index, ordinal),
    csn: visit.csn,
    test,
    orderedAt,
    orderedBy: visit.provider,
    resultedAt: orderedAt + between(random, 40, 300) * 60_000,
    values: test.components.map((component) => drawLabValue(random, component)),
    isOutside: happens(random, 0.08),
  };
}

function inventVitals(
  { random, person }: Invention,
  visit: ChartVisit,
  number: number,
): VitalsReading {
  const systolic = around(random, { middle: 124, spread: 30, digits: 0 });
  const diastolic = around(random, { middle: 76, spread: 16, digits: 0 });
  const weighed = { ...weightRow, middle: person.weightKg };
  const measured: Measurement[] = [...flowsheetRows, weighed].map((row) => ({
    row,
    text: around(random, row),
  }));
  const { id, family, given } = visit.provider;
  return {
    number,
    isTold: false,
    csn: visit.csn,
    at: visit.startedAt + 3 * 60_000,
    by: { kind: "provider", id, family, given },
    pressure: `${systolic}/${diastolic}`,
    rows: [...measured, ...bodySize(person)],
    isOutside: happens(random, 0.04),
  };
}

/** How tall somebody is stays the same, and the index follows from the usual weight. */
function bodySize({ sex, weightKg, mrn }: Invention["person"]): readonly Measurement[] {
  const heightCm = (sex === "F" ? 155 : 167) + (Number(mrn) % 21);
  const index = weightKg / (heightCm / 100) ** 2;
  return [
    { row: { ...sizeRow, code: "HEIGHT", name: "HEIGHT", unit: "cm" }, text: String(heightCm) },
    { row: { ...sizeRow, code: "BMI", name: "BMI", unit: "kg/m2" }, text: index.toFixed(1) },
  ];
}

const sizeRow = { middle: 0, spread: 0, digits: 1 };

function inventNote({ random, index }: Invention, visit: ChartVisit, ordinal: number): ChartNote {
  const [progress, history, discharge] = noteTypes;
  const ofStay = happens(random, 0.5) ? history : discharge;
  return {
    id: pastNumbers.note(index, ordinal),
    csn: visit.csn,
    type: (visit.kind === "I" ? ofStay : undefined) ?? progress,
    at: visit.startedAt + 20 * 60_000,
    author: visit.provider,
  };
}

function inventLine({ random }: Invention, visit: ChartVisit, number: number): Line {
  return {
    number,
    csn: visit.csn,
    at: visit.startedAt + 30 * 60_000,
    site: pick(random, ["Left forearm", "Right forearm", "Left hand", "Right hand"]),
  };
}
