import { codeTypes } from "./code-types.ts";
import { controlSegments } from "./control-segments.ts";
import { financeSegments } from "./finance-segments.ts";
import { insuranceSegments } from "./insurance-segments.ts";
import { observationSegments } from "./observation-segments.ts";
import { orderSegments } from "./order-segments.ts";
import { patientSegments } from "./patient-segments.ts";
import { personTypes } from "./person-types.ts";
import { pharmacySegments } from "./pharmacy-segments.ts";
import { querySegments } from "./query-segments.ts";
import { referralSegments } from "./referral-segments.ts";
import { schedulingSegments } from "./scheduling-segments.ts";
import type { Row } from "./table.ts";
import { valueTypes } from "./value-types.ts";
import { visitSegments } from "./visit-segments.ts";

/** Every segment that has a name here. */
export const segments = new Map([
  ...Object.entries(controlSegments),
  ...Object.entries(financeSegments),
  ...Object.entries(insuranceSegments),
  ...Object.entries(observationSegments),
  ...Object.entries(orderSegments),
  ...Object.entries(patientSegments),
  ...Object.entries(pharmacySegments),
  ...Object.entries(querySegments),
  ...Object.entries(referralSegments),
  ...Object.entries(schedulingSegments),
  ...Object.entries(visitSegments),
]);

/** Every data type with components. */
export const types: ReadonlyMap<string, readonly Row[]> = new Map([
  ...Object.entries(codeTypes),
  ...Object.entries(personTypes),
  ...Object.entries(valueTypes),
]);
