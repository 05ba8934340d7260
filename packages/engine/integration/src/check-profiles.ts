import type * as knowledge from "@trestle/hl7v2/knowledge";
import type * as validation from "@trestle/hl7v2/validate";
import type { FieldProfile, SegmentProfile, SiteProfile } from "@trestle/hl7v2/validate";
import type { CrossProblem, Parts } from "./parts.ts";
import { hintFor } from "./unknown-name.ts";

type Knowledge = typeof knowledge & Pick<typeof validation, "segmentProfile">;
type Path = readonly PropertyKey[];
type Found = Omit<CrossProblem, "file">;

/** Checks profiles against the standard: names of segments, fields, data types and code tables. */
export async function checkProfiles({ profiles }: Parts): Promise<readonly CrossProblem[]> {
  if (profiles.size === 0) return [];
  // What the standard says takes memory that a hub without profiles need not spend.
  const [known, { segmentProfile }] = await Promise.all([
    import("@trestle/hl7v2/knowledge"),
    import("@trestle/hl7v2/validate"),
  ]);
  const standard = { ...known, segmentProfile };
  return [...profiles].flatMap(([site, profile = {}]) =>
    new ProfileCheck(profile, standard)
      .problems()
      .map((problem) => ({ ...problem, file: `sites/${site}/profile.yaml` })),
  );
}

/** A field as one part of the profile has it, and with what wider parts say of it. */
interface Layered {
  readonly field: FieldProfile;
  readonly whole: FieldProfile;
}

class ProfileCheck {
  readonly #profile: SiteProfile;
  readonly #knowledge: Knowledge;

  constructor(profile: SiteProfile, standard: Knowledge) {
    this.#profile = profile;
    this.#knowledge = standard;
  }

  problems(): readonly Found[] {
    const { segments = {}, messages = {}, tables = {} } = this.#profile;
    return [
      // What every message may hold is told by no message's part.
      ...this.#segments(segments, { type: "", path: ["segments"] }),
      ...Object.entries(messages).flatMap(([type, message]) =>
        this.#segments(message.segments ?? {}, { type, path: ["messages", type, "segments"] }),
      ),
      ...Object.entries(tables).flatMap(([number, { add, only }]) => [
        ...(this.#isTable(number) ? [] : [unknownTable(number, ["tables", number], "key")]),
        ...(add !== undefined && only !== undefined
          ? [{ path: ["tables", number, "add"], ...addBesideOnly }]
          : []),
      ]),
    ];
  }

  /** Each part is held together with the wider ones that it lies over, as the validator has it. */
  #segments(
    segments: Readonly<Record<string, SegmentProfile>>,
    { type, path }: { type: string; path: Path },
  ): readonly Found[] {
    return Object.entries(segments).flatMap(([name, segment]) => {
      const whole = this.#knowledge.segmentProfile(this.#profile, type, name) ?? segment;
      return [
        ...this.#segment(name, whole, [...path, name]),
        ...Object.entries(segment.fields ?? {}).flatMap(([number, field]) =>
          this.#field(`${name}-${number}`, { field, whole: whole.fields?.[number] ?? field }, [
            ...path,
            name,
            "fields",
            number,
          ]),
        ),
      ];
    });
  }

  #segment(name: string, whole: SegmentProfile, path: Path): readonly Found[] {
    const { isOwnSegment, segmentDefinition, segmentNames } = this.#knowledge;
    const isKnown = isOwnSegment(name) || segmentDefinition(name, newest) !== undefined;
    if (isKnown || whole.name !== undefined) return [];
    const meant = hintFor(name, segmentNames(), "the standard");
    const hint = `${meant} Give it a \`name\` if the site does send it.`;
    const text = `The standard has no segment ${name}.`;
    return [{ path, part: "key", code: "integration.unknownSegment", text, hint }];
  }

  #field(at: string, { field, whole }: Layered, path: Path): readonly Found[] {
    const known = this.#typesOf(at);
    const isBeyond = known.length === 0 && !this.#knowledge.isOwnSegment(at.slice(0, 3));
    return [
      ...(isBeyond && whole.name === undefined
        ? [{ path, part: "key", ...noField(at) } as const]
        : []),
      ...this.#type(field, path),
      ...(field.table === undefined || this.#isTable(field.table)
        ? []
        : [unknownTable(field.table, [...path, "table"])]),
      ...this.#codes({ field, whole }, known, path),
    ];
  }

  #type({ type }: FieldProfile, path: Path): readonly Found[] {
    const { typeNames } = this.#knowledge;
    if (type === undefined || this.#isType(type)) return [];
    const hint = hintFor(type, typeNames(), "the standard");
    return [{ path: [...path, "type"], ...unknownType(type, hint) }];
  }

  #isType(type: string): boolean {
    return this.#knowledge.typeDefinition(type, newest) !== undefined;
  }

  /** Codes of a field are held against its text, or against the code of a coded type. */
  #codes({ field, whole }: Layered, known: readonly string[], path: Path): readonly Found[] {
    const { type } = whole;
    const hasCodes = whole.codes !== undefined || whole.table !== undefined;
    // What a wider part said by itself is told there.
    const key = (["codes", "table", "type"] as const).find((each) => field[each] !== undefined);
    const types = type === undefined ? known : [type];
    if (!hasCodes || key === undefined || types.length === 0) return [];
    if (type !== undefined && !this.#isType(type)) return [];
    if (types.some((each) => this.#takesCodes(each))) return [];
    return [{ path: [...path, key], ...codesOfParts(types[0] ?? "") }];
  }

  #takesCodes(type: string): boolean {
    const { typeDefinition } = this.#knowledge;
    return coded.has(type) || typeDefinition(type, newest)?.parts.length === 0;
  }

  /** The data types that versions give a field; none where no version has it. */
  #typesOf(at: string): readonly string[] {
    const { segmentDefinition, versions } = this.#knowledge;
    const [segment = "", number = ""] = at.split("-");
    const types = versions.map(
      (version) => segmentDefinition(segment, version)?.parts[Number(number) - 1]?.type,
    );
    return [...new Set(types.filter((type) => type !== undefined))];
  }

  #isTable(number: string): boolean {
    const { tables = {} } = this.#profile;
    const isOwn = Object.hasOwn(tables, number) && tables[number]?.only !== undefined;
    return isOwn || this.#knowledge.codeTable(number) !== undefined;
  }
}

function noField(at: string) {
  return {
    code: "integration.unknownField",
    text: `The standard has no ${at}.`,
    hint: "Correct the number, or give the field a `name` if the site does send it.",
  };
}

function unknownType(type: string, hint: string) {
  return { code: "integration.unknownType", text: `There is no data type “${type}”.`, hint };
}

function unknownTable(number: string, path: Path, part?: "key"): Found {
  return {
    path,
    part,
    code: "integration.unknownTable",
    text: `The standard has no code table ${number}.`,
    hint: "Correct the number, or list the codes of a table of the site's own as `only` under tables.",
  };
}

function codesOfParts(type: string) {
  return {
    code: "integration.codesOfParts",
    text: `The field is a ${type}, whose parts are no codes, so nothing would be held against these.`,
    hint: "Remove the codes, or give the field a `type` for codes, such as ID, IS or CWE.",
  };
}

const addBesideOnly = {
  code: "integration.addBesideOnly",
  text: "`only` lists all codes of the table, and `add` some beside them.",
  hint: "Write all of them under `only`.",
};

/** Types whose first part is a code of the field's table. */
const coded: ReadonlySet<string> = new Set(["CE", "CWE", "CNE", "CF"]);
const newest = "2.9";
