/**
 * What a site does otherwise than the standard: its own segments, what it leaves out, what it
 * insists on. Plain data; nothing in it runs. Where several parts speak of the same thing, the
 * closer one counts: `messages["ADT^A08"]` before `messages["ADT"]` before `segments`.
 */
export interface SiteProfile {
  /** By name, in every message: `PID`, `ZPD`. */
  readonly segments?: Readonly<Record<string, SegmentProfile>> | undefined;
  /** By family or by type: `ADT`, `ADT^A08`. */
  readonly messages?: Readonly<Record<string, MessageProfile>> | undefined;
  /** By number, in four digits: `0001`. */
  readonly tables?: Readonly<Record<string, TableProfile>> | undefined;
}

/** What holds for messages of one family or type. */
export interface MessageProfile {
  readonly segments?: Readonly<Record<string, SegmentProfile>> | undefined;
}

/** What a site says of a segment. A segment that it speaks of may stand anywhere in the message. */
export interface SegmentProfile {
  /** What it is called; for the site's own segments. */
  readonly name?: string | undefined;
  /** `required`: the message must have one. `optional`: the standard's own demand is dropped. */
  readonly usage?: "required" | "optional" | undefined;
  /** By number: `3` is PID-3. */
  readonly fields?: Readonly<Record<string, FieldProfile>> | undefined;
}

/** What a site says of a field. What it leaves out stays as the standard has it. */
export interface FieldProfile {
  readonly name?: string | undefined;
  /** A data type of the standard: `CX`. */
  readonly type?: string | undefined;
  /** `unused`: the field must be empty. */
  readonly usage?: "required" | "optional" | "unused" | undefined;
  /** How often it may stand there, from 1. */
  readonly maxRepetitions?: number | undefined;
  /** In characters. */
  readonly maxLength?: number | undefined;
  /** Another code table of the standard, in four digits. */
  readonly table?: string | undefined;
  /** The only codes that may stand here. */
  readonly codes?: readonly string[] | undefined;
}

/** What a site says of a code table. */
export interface TableProfile {
  /** Codes beside those of the standard. */
  readonly add?: readonly string[] | undefined;
  /** The only codes; then one that is not among them is an error. */
  readonly only?: readonly string[] | undefined;
}

/** What the profile says of a segment in messages of a type such as `ADT^A08`. */
export function segmentProfile(
  { segments, messages }: SiteProfile,
  type: string,
  name: string,
): SegmentProfile | undefined {
  const [family = ""] = type.split("^");
  const layers = [
    own(segments, name),
    own(own(messages, family)?.segments, name),
    family === type ? undefined : own(own(messages, type)?.segments, name),
  ].filter((layer) => layer !== undefined);
  return layers.length < 2 ? layers[0] : layers.reduce(mergedSegment);
}

/** The segments that messages of the type must have because the profile says so. */
export function requiredSegments(profile: SiteProfile, type: string): readonly string[] {
  const [family = ""] = type.split("^");
  const names = [
    profile.segments,
    own(profile.messages, family)?.segments,
    own(profile.messages, type)?.segments,
  ].flatMap((segments) => Object.keys(segments ?? {}));
  return [...new Set(names)].filter(
    (name) => segmentProfile(profile, type, name)?.usage === "required",
  );
}

/** Both of what is said of a segment; field by field, and there point by point, the closer counts. */
export function mergedSegment(wide: SegmentProfile, close: SegmentProfile): SegmentProfile {
  const numbers = Object.keys({ ...wide.fields, ...close.fields });
  const fields = numbers.map(
    (number) => [number, { ...wide.fields?.[number], ...close.fields?.[number] }] as const,
  );
  return { ...wide, ...close, fields: Object.fromEntries(fields) };
}

/** The names come from messages, and `constructor` is one too. */
function own<Value>(record: Readonly<Record<string, Value>> | undefined, key: string) {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
