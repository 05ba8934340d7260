import { type Dialect, plainDialect } from "@trestle/fhir/client";
import { epicAccessNames } from "./access-names.ts";
import { epicCodes } from "./dialect-codes.ts";

/** What an Epic site has otherwise than others. */
export interface EpicDialectWishes {
  /** The app's id at this environment: `/metadata` and some sites' addresses depend on it. */
  readonly clientId?: string;
  /** Categories that Observation is searched by where no code or category is given. */
  readonly observationCategories?: readonly string[];
  /** Whether searches by POST work: only from the release of February 2026 on. */
  readonly searchesByPost?: boolean;
}

/** Epic's FHIR R4, as far as it differs from the specification. */
export function epicDialect({
  clientId,
  observationCategories = everydayCategories,
  searchesByPost = false,
}: EpicDialectWishes = {}): Dialect {
  return {
    ...plainDialect,
    name: "Epic",
    headers: clientId === undefined ? {} : { "epic-client-id": clientId },
    codes: epicCodes,
    fanOut: {
      Observation: {
        parameter: "category",
        values: observationCategories,
        unlessGiven: ["code", "_id"],
      },
      // Required; this is the category that US Core gives every care plan.
      CarePlan: { parameter: "category", values: carePlanCategories, unlessGiven: ["_id"] },
    },
    searchesByPost,
    createsConditionally: false,
    // These wait until a person files them, and are in no search before that.
    hidesCreated: ["AllergyIntolerance", "Condition"],
    totalCounts: "page",
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
