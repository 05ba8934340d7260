import type { AccessNames } from "@trestle/fhir/client";
import { apisFor } from "./api-names.ts";
import { subTypesOfCategory } from "./api-scopes.ts";
import { subTypesOf } from "./sub-types.ts";

/** Epic's sites grant named APIs, such as `Observation.Search (Labs) (R4)`. */
export const epicAccessNames: AccessNames = {
  toSearch(type, category) {
    const code = category?.slice(category.lastIndexOf("|") + 1) ?? "";
    const subTypes = subTypesOfCategory(type, code);
    if (subTypes.length === 0) return apisFor({ type, operation: "Search" });
    return subTypes.flatMap((subType) => apisFor({ type, operation: "Search", subType }));
  },
  missingBy(words) {
    const { type = "", subType = "" } = refused.exec(words)?.groups ?? {};
    if (subType !== "" && !subTypesOf(type).includes(subType)) return [];
    return apisFor({ type, operation: "Search", subType });
  },
};

/** @see the texts of the outcomes 59204 and 59205 */
const refused = /not authorized for (?<type>[A-Z][A-Za-z]+)(?: - (?<subType>[^.]+))?\./u;
