import { type Phi, reveal } from "@trestle/base";
import { type BundleParts, partsOf } from "../bundle-parts.ts";
import { type Identifier, identifierOf } from "../identifier.ts";
import type { RecordChange, RecordIdentity } from "../record.ts";

/** A patient as a message names it. The key is the first of the identifiers. */
export interface Named {
  readonly key: Identifier;
  readonly identifiers: readonly Identifier[];
  /** The identifiers in one text, to notice that nothing is new. */
  readonly fingerprint: string;
}

/** Where a change comes from. */
export interface Heard {
  readonly site: string;
  readonly position: number;
  readonly receivedAt: number;
}

/** A change with its guard taken off, on its way into the state file and nowhere else. */
export interface OpenedChange extends BundleParts {
  readonly heard: Heard;
  readonly named?: Named;
  readonly mergedNamed?: Named;
}

/** Opens the guard of a change: the store is about to write it into its own file. */
export function openChange(change: RecordChange): OpenedChange {
  const { site, position, receivedAt, patient, merged } = change;
  return {
    heard: { site, position, receivedAt },
    ...(patient === undefined ? {} : { named: namedBy(patient) }),
    ...(merged === undefined ? {} : { mergedNamed: namedBy(merged) }),
    ...partsOf(reveal(change.bundle), {
      ...(patient === undefined ? {} : { patient: reveal(patient.key) }),
      ...(merged === undefined ? {} : { merged: reveal(merged.key) }),
    }),
  };
}

/** Opens the guard of an identifier, or of what a person looks for, to compare it in the file. */
export function openText(text: Phi<string>): string {
  return reveal(text);
}

function namedBy({ key, identifiers }: RecordIdentity): Named {
  const keys = new Set([reveal(key), ...identifiers.map(reveal)]);
  const usable = [...keys].map(identifierOf).filter(({ value }) => value.trim() !== "");
  return {
    key: identifierOf(reveal(key)),
    identifiers: usable,
    fingerprint: JSON.stringify([...keys]),
  };
}
