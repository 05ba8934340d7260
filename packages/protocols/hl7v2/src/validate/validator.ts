import { segmentDefinition, typeDefinition } from "../knowledge/definitions.ts";
import { isOwnSegment } from "../knowledge/names.ts";
import { type Version, versionFor } from "../knowledge/versions.ts";
import type { Hl7Message } from "../message.ts";
import { finding } from "./catalogue.ts";
import { checkSegment } from "./check-segment.ts";
import { checkStructure } from "./check-structure.ts";
import { Findings, type Validation } from "./findings.ts";
import { type SiteProfile, segmentProfile } from "./profile.ts";
import { type SegmentRule, segmentRule } from "./segment-rules.ts";
import { type TypeRule, anyText, typeRule } from "./type-rules.ts";

export interface ValidatorOptions {
  /** What the site does otherwise. None: the standard alone. */
  readonly profile?: SiteProfile;
  /** How many findings are given for a message, from 0; 100 where it is not said. */
  readonly maxFindings?: number;
}

/** Says what in a message is not as the standard and the profile have it. Never throws. */
export type Validate = (message: Hl7Message) => Validation;

/**
 * A validator by the standard in the version of MSH-12, and by a site's profile. What it needs of
 * the standard is read at the first message, and kept: one validator should serve many messages.
 *
 * @see HL7 v2.5.1, chapter 2.12 (structure), 2.5.3 (fields), 2.A (data types)
 */
export function createValidator(options: ValidatorOptions = {}): Validate {
  const { profile = {}, maxFindings = 100 } = options;
  const rules = new Rules(profile);
  return (message) => {
    const findings = new Findings(maxFindings);
    const { version, isKnown } = versionFor(message.version);
    if (!isKnown) findings.add(finding("unknownVersion", "MSH-12"));
    checkStructure(message, profile, { findings, isKnown: (name) => isStandard(name, version) });
    const { type } = message;
    const scope = rules.scope(type);
    const typeNamed = (name: string) => rules.type(name, version);
    const undescribed = new Set<string>();
    for (const segment of message.segments) {
      const { name } = segment;
      const rule = rules.segment(name, { type, version, scope });
      if (rule !== undefined) checkSegment(segment, rule, { findings, typeNamed });
      if (rule?.isDescribed === true || undescribed.has(name)) continue;
      undescribed.add(name);
      findings.add(finding(isOwnSegment(name) ? "ownSegment" : "unknownSegment", segment.at));
    }
    return findings.result();
  };
}

function isStandard(name: string, version: Version): boolean {
  return segmentDefinition(name, version) !== undefined;
}

interface Scope {
  readonly type: string;
  readonly version: Version;
  readonly scope: string;
}

/** The rules that were needed so far. There are as many as the standard and the profile have. */
class Rules {
  readonly #profile: SiteProfile;
  readonly #segments = new Map<string, SegmentRule>();
  readonly #types = new Map<string, TypeRule>();

  constructor(profile: SiteProfile) {
    this.#profile = profile;
  }

  /** What sets messages of a type apart from others: the profile, and where it does not, nothing. */
  scope(type: string): string {
    const { messages } = this.#profile;
    if (messages === undefined) return "";
    const [family = ""] = type.split("^");
    return [type, family].find((name) => Object.hasOwn(messages, name)) ?? "";
  }

  segment(name: string, { type, version, scope }: Scope): SegmentRule | undefined {
    const key = `${version} ${name} ${scope}`;
    const known = this.#segments.get(key);
    if (known !== undefined) return known;
    const { tables = {} } = this.#profile;
    const rule = segmentRule(name, segmentProfile(this.#profile, type, name), { version, tables });
    if (rule !== undefined) this.#segments.set(key, rule);
    return rule;
  }

  /** The type that OBX-2 names; any text fits one that the standard does not have. */
  type(name: string, version: Version): TypeRule {
    const key = `${version} ${name}`;
    const known = this.#types.get(key);
    if (known !== undefined) return known;
    if (typeDefinition(name, version) === undefined) return anyText;
    const rule = typeRule(name, undefined, { version, tables: this.#profile.tables ?? {} });
    this.#types.set(key, rule);
    return rule;
  }
}
