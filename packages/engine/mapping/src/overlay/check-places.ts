import { componentLabel, fieldLabel, segmentLabel } from "@trestle/hl7v2";
import type { SegmentProfile, SiteProfile } from "@trestle/hl7v2/validate";
import { isPlace, placeOf } from "../rows/place.ts";
import type { Overlay, OverlayCondition, OverlayRow } from "./overlay.ts";
import {
  type OverlayProblem,
  emptyList,
  noComponent,
  noField,
  noPlace,
  noSegment,
  ownSegment,
} from "./overlay-problems.ts";

type Path = readonly PropertyKey[];

/** Checks the places that rows name: that there are such fields, and whose they are. */
export class PlaceCheck {
  readonly #overlay: Overlay;
  readonly #profiles: readonly SegmentProfiles[];

  constructor(overlay: Overlay, { segments = {}, messages = {} }: SiteProfile) {
    this.#overlay = overlay;
    this.#profiles = [segments, ...Object.values(messages).map((each) => each.segments ?? {})];
  }

  problemsOf(row: OverlayRow, path: Path): readonly OverlayProblem[] {
    const places = placesOf(row).flatMap(([place, at]) => {
      const problem = this.#problemOf(place);
      return problem === undefined ? [] : [{ path: [...path, ...at], ...problem }];
    });
    const empty = row.when === undefined ? [] : emptyIn(row.when, [...path, "when"]);
    return [...places, ...empty.map((at) => ({ path: at, ...emptyList }))];
  }

  /** What is wrong with a condition on whole messages, whose own segments need belong to nobody. */
  problemsOfCondition(when: OverlayCondition, path: Path): readonly OverlayProblem[] {
    const places = placesIn(when, path).flatMap(([place, at]) => {
      const problem = this.problemOfSent(place);
      return problem === undefined ? [] : [{ path: at, ...problem }];
    });
    return [...places, ...emptyIn(when, path).map((at) => ({ path: at, ...emptyList }))];
  }

  /** What is wrong with the place of something sent, which no row need read; `ZPV-*` is a whole segment. */
  problemOfSent(written: string): Omit<OverlayProblem, "path"> | undefined {
    const [, whole] = /^([A-Z][A-Z0-9]{2})-\*$/u.exec(written) ?? [];
    if (whole !== undefined) return this.#isSent(whole) ? undefined : noSegment(whole);
    if (!isPlace(written)) return noPlace;
    return written.startsWith("Z") ? undefined : this.#problemOfStandard(written);
  }

  #isSent(segment: string): boolean {
    if (segment.startsWith("Z") || segmentLabel(segment) !== undefined) return true;
    return this.#profiles.some((each) => Object.hasOwn(each, segment));
  }

  #problemOf(written: string): Omit<OverlayProblem, "path"> | undefined {
    if (!isPlace(written)) return noPlace;
    const { segment } = placeOf(written);
    if (!segment.startsWith("Z")) return this.#problemOfStandard(written);
    return Object.hasOwn(this.#overlay.segments, segment) ? undefined : ownSegment(segment);
  }

  #problemOfStandard(written: string): Omit<OverlayProblem, "path"> | undefined {
    const { segment, field, component } = placeOf(written);
    const sent = this.#profiles.map((each) => ownValue(each, segment)?.fields?.[field]);
    const known = fieldLabel(segment, field);
    if (known === undefined && sent.every((each) => each === undefined)) {
      return segmentLabel(segment) === undefined ? noSegment(segment) : noField(segment, field);
    }
    const types = [known?.type, ...sent.map((each) => each?.type)];
    return types.some((type) => type !== undefined && hasComponent(type, component))
      ? undefined
      : noComponent(`${segment}-${field}`, component);
  }
}

type SegmentProfiles = Readonly<Record<string, SegmentProfile>>;

function hasComponent(type: string, component: number): boolean {
  // A type without parts is its own first component.
  return type === "varies" || component < 2 || componentLabel(type, component) !== undefined;
}

function ownValue(profiles: SegmentProfiles, segment: string): SegmentProfile | undefined {
  return Object.hasOwn(profiles, segment) ? profiles[segment] : undefined;
}

/** Every place that a row names, and where in the row it does. */
function placesOf(row: OverlayRow): readonly (readonly [string, Path])[] {
  return [
    ...(row.from === undefined ? [] : [[row.from, ["from"]] as const]),
    ...(row.firstOf ?? []).map((place, index) => [place, ["firstOf", index]] as const),
    ...(row.when === undefined ? [] : placesIn(row.when, ["when"])),
  ];
}

function placesIn(when: OverlayCondition, path: Path): readonly (readonly [string, Path])[] {
  return [
    ...(when.has ?? []).map((place, index) => [place, [...path, "has", index]] as const),
    ...(when.lacks ?? []).map((place, index) => [place, [...path, "lacks", index]] as const),
    ...(["oneOf", "inSet"] as const).flatMap((key) =>
      Object.keys(when[key] ?? {}).map((place) => [place, [...path, key, place]] as const),
    ),
    ...(when.not === undefined ? [] : placesIn(when.not, [...path, "not"])),
    ...(when.any ?? []).flatMap((each, index) => placesIn(each, [...path, "any", index])),
  ];
}

/** Lists of a condition that name nothing: it would always hold, or never. */
function emptyIn(when: OverlayCondition, path: Path): readonly Path[] {
  return [
    ...(Object.keys(when).length === 0 ? [path] : []),
    ...(["has", "lacks", "any"] as const)
      .filter((key) => when[key]?.length === 0)
      .map((key) => [...path, key]),
    ...(["oneOf", "inSet"] as const)
      .filter((key) => when[key] !== undefined && Object.keys(when[key]).length === 0)
      .map((key) => [...path, key]),
    ...Object.entries(when.oneOf ?? {})
      .filter(([, texts]) => texts.length === 0)
      .map(([place]) => [...path, "oneOf", place]),
    ...(when.not === undefined ? [] : emptyIn(when.not, [...path, "not"])),
    ...(when.any ?? []).flatMap((each, index) => emptyIn(each, [...path, "any", index])),
  ];
}
