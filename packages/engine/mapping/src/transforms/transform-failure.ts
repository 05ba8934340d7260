import { type Problem, TrestleError } from "@trestle/base";

/** Why a mapping threw, where an integration's own transform did; undefined for anything else. */
export function transformFailure(error: unknown): Problem | undefined {
  if (!(error instanceof TrestleError) || error.code !== "mapping.transformFailed")
    return undefined;
  const { transform = "", kind = "" } = error.facts;
  return {
    code: error.code,
    text: `transforms/${String(transform)}.ts failed on this message (${String(kind)}).`,
    hint: error.hint,
  };
}
