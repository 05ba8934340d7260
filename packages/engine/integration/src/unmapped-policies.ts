import type { UnmappedPolicies, UnmappedPolicy } from "@trestle/mapping";
import type { EnvironmentSettings } from "./site-settings.ts";

/** What a site's settings say about codes without a row, as the mapping wants it. */
export function unmappedPolicies({
  codeTables,
}: Pick<EnvironmentSettings, "codeTables">): UnmappedPolicies {
  return new Map(Object.entries(codeTables).map(([table, said]) => [table, policyOf(said)]));
}

function policyOf(said: EnvironmentSettings["codeTables"][string]): UnmappedPolicy {
  const { unmapped, system = "", code = "", display = "" } = said;
  return unmapped === "default" ? { unmapped, system, code, display } : { unmapped };
}
