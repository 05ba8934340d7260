import { type PartDefinition, segmentDefinition } from "../knowledge/definitions.ts";
import type { FieldProfile, SegmentProfile } from "./profile.ts";
import { type Context, type TypeRule, fixedCodes, typeRule } from "./type-rules.ts";

/** How to check a segment. */
export interface SegmentRule {
  /** By number; the first is of number 1. */
  readonly fields: readonly (FieldRule | undefined)[];
  /** What the profile says must be there, or the standard; beyond what a segment may end before. */
  readonly isDescribed: boolean;
}

/** How to check a field. */
export interface FieldRule {
  readonly name: string;
  readonly isRequired: boolean;
  readonly isUnused: boolean;
  readonly isFormer: boolean;
  readonly isLater: boolean;
  readonly maxRepetitions: number;
  readonly maxLength: number;
  /** Undefined where another field names the type. */
  readonly type: TypeRule | undefined;
}

/** The rule of a segment by the standard and the profile; undefined where neither knows it. */
export function segmentRule(
  name: string,
  profile: SegmentProfile | undefined,
  context: Context,
): SegmentRule | undefined {
  const definition = segmentDefinition(name, context.version);
  if (definition === undefined && profile === undefined) return undefined;
  const parts = definition?.parts ?? [];
  const described = Object.keys(profile?.fields ?? {}).map(Number);
  const count = Math.max(parts.length, ...described);
  const fields = Array.from({ length: count }, (_, index) =>
    fieldRule(`${name}-${index + 1}`, parts[index], {
      ...context,
      profile: profile?.fields?.[String(index + 1)],
    }),
  );
  return { fields, isDescribed: definition !== undefined || described.length > 0 };
}

interface FieldContext extends Context {
  readonly profile: FieldProfile | undefined;
}

function fieldRule(
  place: string,
  part: PartDefinition | undefined,
  context: FieldContext,
): FieldRule | undefined {
  const { profile } = context;
  if (part === undefined && profile === undefined) return undefined;
  const {
    name,
    usage,
    laterThan,
    maxRepetitions = Infinity,
    maxLength = Infinity,
  } = { ...undescribed, ...part, ...profile };
  const isLater = laterThan !== undefined && profile?.usage === undefined;
  return {
    name: name === "" ? place : `${place} (${name})`,
    isRequired: usage === "required" && !isLater,
    isUnused: usage === "unused",
    isFormer: usage === "former",
    isLater,
    maxRepetitions,
    maxLength,
    type: fieldType(place, part, context),
  };
}

/** A field that only the profile knows. */
const undescribed: Pick<PartDefinition, "name" | "usage" | "laterThan"> &
  Pick<FieldProfile, "maxRepetitions" | "maxLength"> = { name: "", usage: "optional" };

function fieldType(
  place: string,
  part: PartDefinition | undefined,
  { profile = {}, ...context }: FieldContext,
): TypeRule | undefined {
  const type = profile.type ?? part?.type ?? "ST";
  if (type === "varies") return undefined;
  const found = typeRule(type, profile.table ?? part?.table, context);
  if (profile.codes === undefined) return found;
  return { ...found, codes: fixedCodes(profile.codes, place) };
}
