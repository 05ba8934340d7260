import type { Chart } from "../../chart/chart.ts";
import { nothing } from "../../chart/joined-chart.ts";
import type { RecordKey } from "../ids.ts";
import { recordKinds } from "./fhir-site.ts";

/** Whether a record is one of so many in a chart that it is worth to be made without the others. */
export function isNarrow({ type, kind }: RecordKey): boolean {
  return type === "Observation" && (kind === lab || kind === toldVitals || kind === pastVitals);
}

/** The part of a chart of which such a record is made: one reading, or one result. */
export function narrowedTo({ kind, item }: RecordKey, chart: Chart): Chart {
  const { person } = chart;
  const visitKindOf = (csn: string) => chart.visitKindOf(csn);
  if (kind === lab) {
    const labs = chart.labs.filter(({ orderId }) => Number(orderId) === item);
    return { ...nothing, person, visitKindOf, labs };
  }
  const isTold = kind === toldVitals;
  const vitals = chart.vitals.filter((each) => each.number === item && each.isTold === isTold);
  return { ...nothing, person, visitKindOf, vitals };
}

const { lab, toldVitals, pastVitals } = recordKinds.Observation;
