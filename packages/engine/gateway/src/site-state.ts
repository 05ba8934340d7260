import { type Clock, type Problem, TrestleError } from "@trestle/base";
import type { CapabilityStatement } from "@trestle/fhir";
import {
  type Scope,
  type TokenCache,
  differenceOfScopes,
  minimalScopes,
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
  said?: Said;
}

/** What a server said that it can, and when, in milliseconds since 1970. */
interface Said {
  readonly statement: CapabilityStatement;
  readonly at: number;
}

/** How a site is reached; asks nobody. */
export function connectionOf({ door, tokens }: OpenSite): SiteConnection {
  const { stage, endsAtMs, failure } = tokens.status();
  const isValid = stage === "valid" || stage === "due";
  return {
    site: door.id,
    url: door.url,
    dialect: door.dialect,
    token: {
      state: isValid ? "valid" : stateAfter(failure),
      ...(isValid && endsAtMs !== undefined && { expiresAt: endsAtMs }),
    },
    requests: door.window.statistics,
    load: door.load,
  };
}

/** A site that could not be reached has refused nothing; neither has one that there is no key for. */
function stateAfter(failure: string | undefined): SiteConnection["token"]["state"] {
  if (failure === undefined) return "none";
  return refusals.has(failure) ? "refused" : "failed";
}

/** Signs in and asks what the server can; what fails of it is told beside what is known. */
export async function stateOf(
  open: OpenSite,
  { needs, clock }: { readonly needs: Needs; readonly clock: Clock },
): Promise<SiteFhirState> {
  let problem: Problem | undefined;
  try {
    await askWhatItCan(open, clock);
    open.granted = (await open.tokens.current()).scopes;
  } catch (error) {
    problem = problemOf(error);
  }
  const { statement, at: checkedAt } = open.said ?? {};
  return {
    ...connectionOf(open),
    software: softwareOf(statement),
    fhirVersion: statement?.fhirVersion ?? "",
    ...(checkedAt !== undefined && { checkedAt }),
    capabilities: capabilitiesOf(statement),
    scopes: {
      ...scopesOf(fewest(needs.scopes), open.granted),
      requested: wordsOf(fewest(open.door.requestedScopes)),
      ...approvalOf(open.door, needs),
    },
    ...(problem && { problem }),
  };
}

async function askWhatItCan(open: OpenSite, clock: Clock): Promise<void> {
  const ageMs = open.said === undefined ? Infinity : clock.now() - open.said.at;
  if (ageMs >= 0 && ageMs < capabilitiesAgeSeconds * 1000) return;
  open.said = { statement: await open.door.client.capabilities(), at: clock.now() };
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof TrestleError)) throw error;
  const { code, hint } = error;
  return { code, text: `It cannot be asked at the moment (${code}).`, hint };
}

/** What is written down of the hospital's approval, and what is not in it. */
function approvalOf(
  { approvedScopes, requestedScopes }: SiteDoor,
  needs: Needs,
): Pick<SiteFhirState["scopes"], "approved" | "notApproved"> {
  if (approvedScopes === undefined) return { notApproved: [] };
  const approved = fewest(approvedScopes);
  const wanted = [...fewest(needs.scopes), ...fewest(requestedScopes)];
  const beyond = wanted.filter((scope) => differenceOfScopes([scope], approved).length > 0);
  return {
    approved: wordsOf(approved),
    notApproved: [...new Set(beyond.flatMap((scope) => wordsOf([scope])))],
  };
}

/** Of what is granted nothing is known before the first sign-in. */
function scopesOf(
  needed: readonly Scope[],
  granted: readonly Scope[] | undefined,
): Omit<SiteFhirState["scopes"], "requested" | "approved" | "notApproved"> {
  if (granted === undefined) {
    return { needed: wordsOf(needed), granted: [], met: [], missing: [], surplus: [] };
  }
  const missing = differenceOfScopes(needed, granted);
  return {
    needed: wordsOf(needed),
    // Servers name one right in several ways, which would look like more than there is.
    granted: wordsOf(minimalScopes(granted)),
    met: wordsOf(differenceOfScopes(needed, missing)),
    missing: wordsOf(missing),
    surplus: wordsOf(differenceOfScopes(granted, needed)),
  };
}

/** The same rights, each named once. */
function fewest(words: readonly string[]): readonly Scope[] {
  return minimalScopes(parseScopes(words.join(" ")));
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

/** What a token endpoint that was reached says no by. */
const refusals: ReadonlySet<string> = new Set([
  "smart.clientRefused",
  "smart.clientNotEnabled",
  "smart.assertionRefused",
  "smart.requestRefused",
  "smart.scopeRefused",
  "smart.grantTypeRefused",
  "smart.tokenRefused",
  "smart.clocksApart",
]);

/** A server says rarely anything new about what it can. */
const capabilitiesAgeSeconds = 300;
