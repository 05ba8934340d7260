import { type Dialect, plainDialect } from "@trestle/fhir/client";
import { epicAccessNames } from "./access-names.ts";
import { epicCodes } from "./dialect-codes.ts";

/** What an Epic site has otherwise than others. */
export interface EpicDialectWishes {
  /** The app's id at this environment: `/metadata` and some sites' addresses depend on it. */
  readonly clientId?: string;
  /** Categories that Observation is searched by where no code or category is given. */
  readonly observationCategories?: readonly string[];
  /**
   * By name of the catalogue, whether a quirk is so at this site. Of one that it does not name the
   * dialect takes what most sites do.
   */
  readonly quirks?: ReadonlyMap<string, boolean>;
}

/** Epic's FHIR R4, as far as it differs from the specification. */
export function epicDialect({
  clientId,
  observationCategories = everydayCategories,
  quirks = new Map(),
}: EpicDialectWishes = {}): Dialect {
  const isFree = (quirk: string) => quirks.get(quirk) === false;
  return {
    ...plainDialect,
    name: "Epic",
    headers: clientId === undefined ? {} : { "epic-client-id": clientId },
    codes: epicCodes,
    fanOut: {
      ...(!isFree("observations-need-a-category") && {
        Observation: {
          parameter: "category",
          values: observationCategories,
          unlessGiven: ["code", "_id"],
        },
      }),
      // Required; this is the category that US Core gives every care plan.
      CarePlan: { parameter: "category", values: carePlanCategories, unlessGiven: ["_id"] },
    },
    // Only from the release of February 2026 on.
    searchesByPost: isFree("post-search-refused"),
    createsConditionally: isFree("repeats-are-filed-twice"),
    // These wait until a person files them, and are in no search before that.
    hidesCreated: isFree("writes-wait-for-a-person") ? [] : ["AllergyIntolerance", "Condition"],
    totalCounts: isFree("totals-of-the-page") ? "search" : "page",
    accessNames: epicAccessNames,
  };
}

/** What most applications mean by observations; the CapabilityStatement names more. */
const everydayCategories = [
  "laboratory",
  "vital-signs",
  "social-history",
  "core-characteristics",
  "functional-mental-status",
  "survey",
  "sdoh",
  "imaging",
  "obstetrics-gynecology",
  "LDA",
];

const carePlanCategories = ["assess-plan"];
