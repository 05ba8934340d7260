import type * as knowledge from "@trestle/hl7v2/knowledge";
import type { FieldProfile, SegmentProfile, SiteProfile } from "@trestle/hl7v2/validate";
import type { CrossProblem, Parts } from "./parts.ts";
import { hintFor } from "./unknown-name.ts";

type Knowledge = typeof knowledge;
type Path = readonly PropertyKey[];
type Found = Omit<CrossProblem, "file">;

/** Checks profiles against the standard: names of segments, fields, data types and code tables. */
export async function checkProfiles({ profiles }: Parts): Promise<readonly CrossProblem[]> {
  if (profiles.size === 0) return [];
  // What the standard says takes memory that a hub without profiles need not spend.
  const standard = await import("@trestle/hl7v2/knowledge");
  return [...profiles].flatMap(([site, profile = {}]) =>
    new ProfileCheck(profile, standard)
      .problems()
      .map((problem) => ({ ...problem, file: `sites/${site}/profile.yaml` })),
  );
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
      ...this.#segments(segments, ["segments"]),
      ...Object.entries(messages).flatMap(([type, message]) =>
        this.#segments(message.segments ?? {}, ["messages", type, "segments"]),
      ),
      ...Object.entries(tables).flatMap(([number, { add, only }]) => [
        ...(this.#isTable(number) ? [] : [unknownTable(number, ["tables", number], "key")]),
        ...(add !== undefined && only !== undefined
          ? [{ path: ["tables", number, "add"], ...addBesideOnly }]
          : []),
      ]),
    ];
  }

  #segments(segments: Readonly<Record<string, SegmentProfile>>, path: Path): readonly Found[] {
    return Object.entries(segments).flatMap(([name, segment]) => [
      ...this.#segment(name, segment, [...path, name]),
      ...Object.entries(segment.fields ?? {}).flatMap(([number, field]) =>
        this.#field(`${name}-${number}`, field, [...path, name, "fields", number]),
      ),
    ]);
  }

  #segment(name: string, segment: SegmentProfile, path: Path): readonly Found[] {
    const { isOwnSegment, segmentDefinition, segmentNames } = this.#knowledge;
    const isKnown = isOwnSegment(name) || segmentDefinition(name, newest) !== undefined;
    // Another part of the profile may have said what it is.
    if (isKnown || segment.name !== undefined || this.#isNamed(name)) return [];
    const meant = hintFor(name, segmentNames(), "the standard");
    const hint = `${meant} Give it a \`name\` if the site does send it.`;
    const text = `The standard has no segment ${name}.`;
    return [{ path, part: "key", code: "integration.unknownSegment", text, hint }];
  }

  #isNamed(segment: string): boolean {
    const { segments = {} } = this.#profile;
    return Object.hasOwn(segments, segment) && segments[segment]?.name !== undefined;
  }

  #field(at: string, field: FieldProfile, path: Path): readonly Found[] {
    const { isOwnSegment, typeDefinition, typeNames } = this.#knowledge;
    const { type, table } = field;
    const known = this.#typesOf(at);
    const isBeyond = known.length === 0 && !isOwnSegment(at.slice(0, 3));
    const hasType = type !== undefined && typeDefinition(type, newest) === undefined;
    return [
      ...(isBeyond && field.name === undefined
        ? [{ path, part: "key", ...noField(at) } as const]
        : []),
      ...(hasType
        ? [
            {
              path: [...path, "type"],
              ...unknownType(type, hintFor(type, typeNames(), "the standard")),
            },
          ]
        : []),
      ...(table === undefined || this.#isTable(table)
        ? []
        : [unknownTable(table, [...path, "table"])]),
      ...(hasType ? [] : this.#codes(field, type === undefined ? known : [type], path)),
    ];
  }

  /** Codes of a field are held against its text, or against the code of a coded type. */
  #codes(field: FieldProfile, types: readonly string[], path: Path): readonly Found[] {
    const key = (["codes", "table"] as const).find((each) => field[each] !== undefined);
    if (key === undefined || types.length === 0) return [];
    if (types.some((type) => this.#takesCodes(type))) return [];
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
