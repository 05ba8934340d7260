import type { SiteProfile } from "@trestle/hl7v2/validate";
import { groupKinds } from "../structure/group-kinds.ts";
import { baseMaps } from "./base-maps.ts";
import { ChangeCheck } from "./check-changes.ts";
import { PlaceCheck } from "./check-places.ts";
import type { Overlay } from "./overlay.ts";
import { type OverlayProblem, notOwn, unknown } from "./overlay-problems.ts";

/** An overlay in which each row says what its value becomes, and what is wrong with it. */
export interface CheckedOverlay {
  readonly overlay: Overlay;
  readonly problems: readonly OverlayProblem[];
}

/**
 * Checks an overlay against the base maps, the elements of R4 and the fields of the standard: names
 * of maps, rows, converters, elements and places, and the shape of constants. Where a row does not
 * say what its value becomes, the element's type decides.
 *
 * @param profile Fields that the site sends beyond the standard, which rows may read too.
 */
export function checkOverlay(overlay: Overlay, profile: SiteProfile = {}): CheckedOverlay {
  const problems: OverlayProblem[] = [];
  const places = new PlaceCheck(overlay, profile);
  const maps = Object.entries(overlay.maps).map(([name, changes]) => {
    const map = baseMaps().get(name);
    if (map === undefined) {
      const known = [...baseMaps().keys()];
      problems.push({ ...unknown("map", { name, path: ["maps", name], known }), part: "key" });
      return [name, changes] as const;
    }
    const check = new ChangeCheck(map, places);
    const checked = changes.map((change, index) => check.change(change, ["maps", name, index]));
    problems.push(...check.problems);
    return [name, checked] as const;
  });
  problems.push(...checkSegments(overlay), ...checkNotMapped(overlay, places));
  return { overlay: { ...overlay, maps: Object.fromEntries(maps) }, problems };
}

function checkSegments({ segments }: Overlay): readonly OverlayProblem[] {
  const known = new Set(Object.values(groupKinds).flatMap(({ holds }) => holds));
  return Object.keys(segments)
    .filter((name) => !/^Z[A-Z0-9]{2}$/u.test(name) || known.has(name))
    .map((name) => ({ path: ["segments", name], part: "key", ...notOwn }));
}

function checkNotMapped(
  { notMapped = [] }: Overlay,
  places: PlaceCheck,
): readonly OverlayProblem[] {
  return notMapped.flatMap(({ field }, index) => {
    const problem = places.problemOfSent(field);
    return problem === undefined ? [] : [{ path: ["notMapped", index, "field"], ...problem }];
  });
}
