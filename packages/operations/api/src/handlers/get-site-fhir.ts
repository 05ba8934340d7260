import type { SiteFhirState } from "@trestle/gateway";
import type { Routes } from "../contract/index.ts";
import type { Dependencies } from "../dependencies.ts";
import type { Handler } from "../handler.ts";
import { type ScopesMeasured, viewSite } from "../site-fhir-view.ts";

export const getSiteFhir: Handler<Routes["getSiteFhir"]> = async (
  { params: { site }, query: { days } },
  dependencies,
) => {
  const state = await dependencies.gateway.site(site);
  return viewSite(state, await measuredAt(state, days, dependencies));
};

async function measuredAt(
  { site, scopes }: SiteFhirState,
  days: number,
  { integration, usedScopes, clock }: Dependencies,
): Promise<ScopesMeasured> {
  const of = { site, environment: integration().sites.get(site)?.environment ?? "" };
  const { granted } = scopes;
  if (granted.length > 0) {
    const before = await usedScopes.observed(of);
    const isNew = JSON.stringify(before?.scopes) !== JSON.stringify(granted);
    if (isNew) await usedScopes.observe(of, { scopes: granted, at: clock.now() });
  }
  // Today counts, so that one day is today alone.
  const fromDay = dayOf(clock.now() - (days - 1) * dayMs);
  const since = await usedScopes.since(of);
  return {
    days,
    since,
    used: await usedScopes.used(of, fromDay),
    isWholeTime: since !== undefined && since <= fromDay,
    observed: await usedScopes.observed(of),
  };
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

const dayMs = 86_400_000;
