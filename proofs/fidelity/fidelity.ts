import type { ProofResult } from "../proof.ts";
import { judge, strays } from "./judge.ts";
import { report } from "./report.ts";
import { readRows } from "./rows.ts";
import { runTests } from "./run-tests.ts";

/** A row passes when its tests did; a test that names a section and has no row fails. */
export function proveFidelity(): Promise<ProofResult> {
  const rows = readRows();
  const ran = runTests();
  const judged = rows.map((row) => judge(row, ran));
  const stray = strays(rows, ran);
  const count = (verdict: string): number =>
    judged.filter((each) => each.verdict === verdict).length;
  return Promise.resolve({
    passed: count("covered"),
    failed: count("failed") + stray.length,
    text: report(judged, stray),
  });
}
