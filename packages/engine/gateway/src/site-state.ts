import { type Clock, type Problem, TrestleError } from "@trestle/base";
import type { CapabilityStatement } from "@trestle/fhir";
import {
  type Scope,
  type TokenCache,
  differenceOfScopes,
  parseScopes,
  printScopes,
} from "@trestle/smart";
import type { Capability, SiteConnection, SiteFhirState } from "./gateway.ts";
import type { Needs } from "./needs.ts";
import type { SiteDoor } from "./site-door.ts";

/** A site that is open, and what it has said so far. */
export interface OpenSite {
  readonly door: SiteDoor;
  readonly tokens: TokenCache;
  granted?: readonly Scope[] | undefined;
  checkedAt?: number;
}

/** How a site is reached; asks nobody. */
export function connectionOf({ door, tokens }: OpenSite): SiteConnection {
  const { stage, endsAtMs, failure } = tokens.status();
  const isValid = stage === "valid" || stage === "due";
  const otherwise = failure === undefined ? "none" : "refused";
  return {
    site: door.id,
    url: door.url,
    dialect: door.dialect,
    token: {
      state: isValid ? "valid" : otherwise,
      ...(isValid && endsAtMs !== undefined && { expiresAt: endsAtMs }),
    },
    requests: door.window.statistics,
  };
}

/** Signs in and asks what the server can; what fails of it is told beside what is known. */
export async function stateOf(
  open: OpenSite,
  { needs, clock }: { readonly needs: Needs; readonly clock: Clock },
): Promise<SiteFhirState> {
  let problem: Problem | undefined;
  let statement: CapabilityStatement | undefined;
  try {
    statement = await open.door.client.capabilities({ maxAgeSeconds: capabilitiesAgeSeconds });
    open.checkedAt = clock.now();
    open.granted = (await open.tokens.current()).scopes;
  } catch (error) {
    problem = problemOf(error);
  }
  return {
    ...connectionOf(open),
    software: softwareOf(statement),
    fhirVersion: statement?.fhirVersion ?? "",
    ...(open.checkedAt !== undefined && { checkedAt: open.checkedAt }),
    capabilities: capabilitiesOf(statement),
    scopes: scopesOf(parseScopes(needs.scopes.join(" ")), open.granted),
    ...(problem && { problem }),
  };
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof TrestleError)) throw error;
  const { code, hint } = error;
  return { code, text: `It cannot be asked at the moment (${code}).`, hint };
}

/** A server that does not say what it granted granted what was asked for. */
function scopesOf(
  needed: readonly Scope[],
  granted: readonly Scope[] | undefined,
): SiteFhirState["scopes"] {
  const given = granted ?? [];
  return {
    needed: wordsOf(needed),
    granted: wordsOf(given),
    missing: granted === undefined ? [] : wordsOf(differenceOfScopes(needed, given)),
    surplus: wordsOf(differenceOfScopes(given, needed)),
  };
}

function wordsOf(scopes: readonly Scope[]): readonly string[] {
  return printScopes(scopes)
    .split(" ")
    .filter((word) => word !== "");
}

function softwareOf(statement: CapabilityStatement | undefined): string {
  const { name = "", version = "" } = statement?.software ?? {};
  return [name, version].filter((part) => part !== "").join(" ");
}

function capabilitiesOf(statement: CapabilityStatement | undefined): readonly Capability[] {
  return (statement?.rest?.[0]?.resource ?? []).map(({ type, interaction, searchParam }) => ({
    type,
    interactions: (interaction ?? []).map(({ code }) => code),
    searchParameters: (searchParam ?? []).map(({ name }) => name),
  }));
}

/** A server says rarely anything new about what it can. */
const capabilitiesAgeSeconds = 300;
