import { isSince } from "../../site/release.ts";
import { type OfferedType, offeredTypes } from "./resource-types.ts";

/** The types as a release offers them: old ones lack some types, and all post-filters. */
export function typesOf(release: string): readonly OfferedType[] {
  const offered = offeredTypes.filter(({ type }) => {
    const since = addedIn[type];
    return since === undefined || isSince(release, since);
  });
  if (isSince(release, "May 2024")) return offered;
  return offered.map((each) => ({ ...each, postFiltered: [] }));
}

/**
 * Types that old sites lack. Sites of 2022 to 2024 were seen with 53 to 57 types; which release
 * brought which is not public, so that is a guess.
 */
const addedIn: Readonly<Record<string, string>> = {
  Account: "November 2024",
  Claim: "November 2024",
  Contract: "August 2024",
  Media: "August 2024",
  Appointment: "May 2023",
  MedicationAdministration: "May 2023",
};
