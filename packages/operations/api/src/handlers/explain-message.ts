import type { Problem } from "@trestle/base";
import type { Explained } from "@trestle/mapping";
import type { ReplyOf, Routes } from "../contract/index.ts";
import { type Disclosure, disclose } from "../disclosure.ts";
import type { Handler } from "../handler.ts";
import { maskFhir } from "../masking-fhir.ts";
import { asJson } from "../patient-view.ts";
import { findEntry } from "../stored-message.ts";

type Explanation = Omit<ReplyOf<Routes["explainMessage"]>, "isRevealed" | "revision">;

/** Explains with the configuration in force, which may differ from the one that mapped. */
export const explainMessage: Handler<Routes["explainMessage"]> = async (
  { caller, params },
  dependencies,
) => {
  const entry = await findEntry(params.messageId, dependencies);
  const look = { action: "explainMessage", subjects: [`message ${entry.position}`] };
  const disclosure = await disclose(caller, look, dependencies);
  const { revision } = dependencies.integration();
  const seen = { isRevealed: disclosure.isRevealed, revision };
  if (entry.reason !== undefined) return { ...seen, ...nothing("notProcessed", entry.reason) };
  const explained = await dependencies.explain(entry.position);
  if (!explained.ok) return { ...seen, ...nothing("failed", explained.problem) };
  return { ...seen, ...viewExplained(explained.value, disclosure) };
};

function nothing(outcome: "notProcessed" | "failed", reason: Problem): Explanation {
  const bundle = { resourceType: "Bundle", type: "collection", entry: [] };
  return { outcome, bundle, sources: [], warnings: [reason] };
}

function viewExplained(explained: Explained, disclosure: Disclosure): Explanation {
  return {
    outcome: explained.outcome,
    bundle: disclosure.show(explained.bundle, {
      open: asJson,
      masked: (bundle) => maskFhir(asJson(bundle)),
    }),
    sources: [...explained.sources],
    warnings: [...explained.warnings],
  };
}
