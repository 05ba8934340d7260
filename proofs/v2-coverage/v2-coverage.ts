import type { ProofResult } from "../proof.ts";
import { judgeCodes } from "./judge-codes.ts";
import { judgeDataTypes } from "./judge-data-types.ts";
import { judgeSegments } from "./judge-segments.ts";
import { hasPublishedTables } from "./published-tables.ts";
import { report } from "./report.ts";
import { countsOf } from "./share.ts";

/** A published line or code passes when it is covered or differs on purpose. */
export function proveV2Coverage(): Promise<ProofResult> {
  if (!hasPublishedTables()) {
    const text = "The published v2-to-FHIR tables are not here: nothing to prove.";
    return Promise.resolve({ passed: 0, failed: 0, text });
  }
  const segments = judgeSegments();
  const dataTypes = judgeDataTypes(segments);
  const codes = judgeCodes(segments, dataTypes);
  const { lines, missing } = countsOf([...segments, ...dataTypes, ...codes]);
  const text = report({ segments, dataTypes, codes });
  return Promise.resolve({ passed: lines - missing, failed: missing, text });
}
