/** What a message must hold for a published line to apply. */
export interface Requirement {
  /** `OBX-2`, `OBX-5.3`; of a data type `CX.5`. */
  readonly place: string;
  /** The values of which one must stand there; undefined where anything will do, none to be empty. */
  readonly values: readonly string[] | undefined;
  /** Whether the field must stand there twice. */
  readonly isRepeated?: true;
}

/**
 * Reads the condition of a published line. Its grammar is loose, so that what is not understood is
 * an answer. Of alternatives the first is taken, and “not equal” asks for nothing.
 *
 * @returns Undefined where a part of it is not understood.
 */
export function requirementsOf(condition: string): readonly Requirement[] | undefined {
  const found: Requirement[] = [];
  let waiting: string[] = [];
  for (const clause of clausesOf(condition)) {
    const place = /^(?<place>[A-Z][A-Z\d]{1,2}[-.]\d+(?:\.\d+)?)?\s*(?<rest>.*)$/u.exec(
      clause,
    )?.groups;
    const rest = (place?.["rest"] ?? "").toUpperCase().trim();
    const where = place?.["place"];
    if (where !== undefined && rest === "") {
      waiting.push(where);
      continue;
    }
    const asked = asks(rest, clause);
    if (asked === undefined) return undefined;
    for (const each of [...waiting, ...(where === undefined ? [] : [where])]) {
      if (asked !== "nothing") found.push({ place: each, ...asked });
    }
    waiting = [];
  }
  return [...found, ...waiting.map((place) => ({ place, values: undefined }))];
}

function clausesOf(condition: string): readonly string[] {
  const lists = condition.replaceAll(
    /IN\s*\((?<list>[^)]*)\)/gu,
    (_all, list: string) => `IN [${list}]`,
  );
  const bare = lists
    .replaceAll(/[()]|\bIF\b|\bIf\b/gu, " ")
    .replaceAll(/\bVALUED\s+(?=[A-Z][A-Z\d]{1,2}[-.]\d)/gu, "VALUED AND ");
  const [first = ""] = bare.split(/\bOR\b(?![^[]*\])/u);
  return first
    .split(/\bAND\b/u)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "");
}

type Asked = Omit<Requirement, "place"> | "nothing";

function asks(rest: string, clause: string): Asked | undefined {
  if (/(?:NOT VALUED|IS EMPTY|DOES NOT EXIST)$/u.test(rest)) return { values: [] };
  if (/^NOT\b|^IS NOT\b|NOT EQUAL/u.test(rest) || rest.includes("LENGTH GREATER")) return "nothing";
  if (/VALUED?$/u.test(rest)) return { values: undefined };
  if (/COUNT ?(?:>|GREATER THAN )1$/u.test(rest)) return { values: undefined, isRepeated: true };
  if (/COUNT(?:=1| EQUALS 1)$/u.test(rest)) return "nothing";
  const values = [...clause.matchAll(/["'](?<value>[^"']+)["']/gu)].map((match) => match[1] ?? "");
  return values.length > 0 ? { values } : undefined;
}
