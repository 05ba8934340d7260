import { type Clock, reveal, systemClock } from "@trestle/base";
import type { Bundle } from "@trestle/fhir";
import { type FhirClientSettings, fhirClientSettings, plainDialect } from "@trestle/fhir/client";
import { KeyRing, memoryKeyStore, openSmartHttp } from "@trestle/smart";
import { onTestFinished } from "vitest";
import type { FhirAnswer, Gateway, Needs, ScopeUse, SiteLimits } from "../../src/index.ts";
import { openGateway } from "../../src/open-gateway.ts";
import { type Answers, type FhirServer, startFhirServer } from "./fhir-server.ts";

export const everything: Needs = { scopes: ["system/*.rs"], elements: {} };

const limits = {
  maxOpenSearches: 10,
  searchIdleSeconds: 60,
  statisticsMinutes: 60,
  maxStatistics: 100,
};

type Wishes = Partial<SiteLimits> &
  Partial<Pick<FhirClientSettings, "throttle">> & {
    readonly clock?: Clock;
  };

export async function opened(
  answers: Answers,
  needs: Needs = everything,
  { clock = systemClock, throttle, ...given }: Wishes = {},
): Promise<{ gateway: Gateway; server: FhirServer; logged: string[]; used: ScopeUse[] }> {
  const server = await startFhirServer(answers, "system/Patient.rs system/Binary.rs");
  const keys = new KeyRing({ store: memoryKeyStore(), clock: systemClock });
  await keys.tend();
  const http = openSmartHttp();
  const logged: string[] = [];
  const used: ScopeUse[] = [];
  const gateway = openGateway({
    sites: [
      {
        id: "lakeshore",
        clientId: "app",
        dialect: { ...plainDialect, codes: { 59_159: { meaning: "A rule." } } },
        scopes: needs.scopes,
        settings: fhirClientSettings.parse({
          baseUrl: server.url,
          retry: { maxAttempts: 1 },
          throttle,
        }),
        limits: { ...limits, ...given },
        otherPathways: new Map([["Immunization", "hl7v2"]]),
        knownGaps: new Map([
          ["CareTeam", [{ quirk: "no-inpatient", effect: "Some are missing." }]],
        ]),
      },
    ],
    needs,
    keys,
    http,
    clock,
    log: (request) => logged.push(JSON.stringify(request)),
    onScopeUse: (use) => used.push(use),
  });
  onTestFinished(async () => {
    await gateway.close();
    await http.close();
    await server.close();
  });
  return { gateway, server, logged, used };
}

export const patient = {
  resourceType: "Patient",
  id: "p1",
  name: [{ family: "Beam" }],
  birthDate: "1980-01-15",
};

export function result(id: string, ...categories: readonly string[]) {
  return {
    resourceType: "Observation",
    id,
    status: "final",
    category: categories.map((code) => ({ coding: [{ code }] })),
    subject: { reference: "Patient/p1" },
  };
}

export function page(resources: readonly object[], next?: string) {
  const entry = resources.map((resource) => ({ resource, search: { mode: "match" } }));
  return {
    body: {
      resourceType: "Bundle",
      type: "searchset",
      total: resources.length,
      ...(next !== undefined && { link: [{ relation: "next", url: next }] }),
      entry,
    },
  };
}

export const bundleOf = (answer: FhirAnswer) => JSON.parse(reveal(answer.json)) as Bundle;
export const idsIn = (answer: FhirAnswer) =>
  bundleOf(answer).entry?.map(({ resource }) => resource?.id);
/** Searches as `?` in a URL would, for `reader`. */
export const search = (gateway: Gateway, asked: string, reader = "application") => {
  const [type = "", query = ""] = asked.split("?");
  return gateway.search("lakeshore", { reader, type, parameters: [...new URLSearchParams(query)] });
};
