import { type Problem, type Result, phi, reveal, succeed } from "@trestle/base";
import type { Explained } from "@trestle/mapping";
import { printBundle, readBundle } from "@trestle/mapping/result";

// As in `processing-wire.ts`: what is about patients crosses without its guard, as text, since the
// written digits of numbers would not survive otherwise.

/** An explanation on its way to the thread that answers people. */
export type OpenExplanation =
  | { readonly ok: false; readonly problem: Problem }
  | {
      readonly ok: true;
      readonly bundle: string;
      readonly rest: Pick<Explained, "outcome" | "sources" | "unmappedCodes" | "warnings">;
    };

/** On the thread that maps. */
export function openExplanation(explained: Result<Explained>): OpenExplanation {
  if (!explained.ok) return explained;
  const { bundle, outcome, sources, unmappedCodes, warnings } = explained.value;
  const rest = { outcome, sources, unmappedCodes, warnings };
  return { ok: true, bundle: printBundle(reveal(bundle)), rest };
}

/** On the thread that answers. */
export function guardExplanation(open: OpenExplanation): Result<Explained> {
  if (!open.ok) return open;
  const bundle = readBundle(open.bundle);
  return bundle.ok ? succeed({ ...open.rest, bundle: phi(bundle.value) }) : bundle;
}
