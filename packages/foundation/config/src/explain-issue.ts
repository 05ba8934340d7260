import type { z } from "zod";
import { nearestName } from "./nearest-name.ts";
import { schemaAt } from "./schema-at.ts";

/** One problem of a value, with the path of what causes it. */
export interface Explained {
  readonly path: readonly PropertyKey[];
  /** Whether the key is to blame, or its value. */
  readonly part: "key" | "value";
  readonly code: string;
  readonly text: string;
  readonly hint: string;
}

/**
 * Says what zod's issues mean to who wrote the value; without what is said of the size of one whose
 * type is wrong already.
 *
 * @param data What is wrong, such as all that a file holds.
 */
export function explainIssues(
  schema: z.ZodType,
  data: unknown,
  issues: readonly z.core.$ZodIssue[],
): readonly Explained[] {
  const keyOf = ({ path }: z.core.$ZodIssue) => JSON.stringify(path);
  const mistyped = new Set(issues.filter(({ code }) => code === "invalid_type").map(keyOf));
  return issues
    .filter((issue) => issue.code === "invalid_type" || !mistyped.has(keyOf(issue)))
    .flatMap((issue) => explainIssue(schema, data, issue));
}

function explainIssue(
  schema: z.ZodType,
  data: unknown,
  issue: z.core.$ZodIssue,
): readonly Explained[] {
  const subject = subjectOf(schema, data, issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey(issue.path, key, schemaAt(schema, issue.path).keys));
  }
  if (issue.code === "invalid_key") return [badName(subject, issue.issues)];
  if (isUnion(issue)) return explainVariant(schema, data, issue);
  if (subject.value === undefined && issue.code !== "custom") return [missingKey(subject, issue)];
  return [{ path: issue.path, part: "value", ...judge(subject, issue) }];
}

/** What an issue is about. */
interface Subject {
  readonly path: readonly PropertyKey[];
  /** How a sentence names it. */
  readonly name: string;
  readonly value: unknown;
  /** What it is for; empty where the schema does not say. */
  readonly description: string;
}

type Judged = Omit<Explained, "path" | "part">;
type Union = z.core.$ZodIssueInvalidUnion;

function subjectOf(schema: z.ZodType, data: unknown, path: readonly PropertyKey[]): Subject {
  let value = data;
  for (const step of path) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
  }
  return { path, name: nameOf(path), value, description: schemaAt(schema, path).description };
}

function unknownKey(
  path: readonly PropertyKey[],
  key: string,
  known: readonly string[],
): Explained {
  const nearest = nearestName(key, known);
  const rest = known.length === 0 ? "Remove it." : `Known here: ${known.join(", ")}.`;
  return {
    path: [...path, key],
    part: "key",
    code: "config.unknownKey",
    text: `There is no key “${key}” here.`,
    hint: nearest === undefined ? rest : `Did you mean “${nearest}”?`,
  };
}

function badName({ path }: Subject, issues: readonly z.core.$ZodIssue[]): Explained {
  const why = issues.map(({ message }) => message).find((message) => !isOfZod(message));
  return {
    path,
    part: "key",
    code: "config.badName",
    text: `“${String(path.at(-1))}” cannot be a name here.`,
    hint: why === undefined ? "Choose another name." : `A name ${sentence(why)}`,
  };
}

function missingKey({ path, name, description }: Subject, issue: z.core.$ZodIssue): Explained {
  const what = wantedBy(issue);
  const purpose = description === "" ? "" : ` ${sentence(description)}`;
  return {
    path,
    part: "key",
    code: "config.missingKey",
    text: `${name} is missing.`,
    hint: `Add “${String(path.at(-1) ?? "")}: …”${what === "" ? "." : `, ${what}.`}${purpose}`,
  };
}

function wantedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return kinds[issue.expected] ?? "";
  return issue.code === "invalid_value" ? oneOf(issue.values.map(String)) : "";
}

function isUnion(issue: z.core.$ZodIssue): issue is Union {
  return issue.code === "invalid_union";
}

/** Of several variants the one is meant whose problems lie deepest; without one, the type is wrong. */
function explainVariant(schema: z.ZodType, data: unknown, issue: Union): readonly Explained[] {
  const options = "options" in issue && Array.isArray(issue.options) ? issue.options : [];
  if (options.length > 0) {
    const subject = subjectOf(schema, data, issue.path);
    const choice = {
      code: "invalid_value",
      values: options,
      path: issue.path,
      message: "",
    } as const;
    if (subject.value === undefined) return [missingKey(subject, choice)];
    return [{ path: issue.path, part: "value", ...notAmong(subject, options.map(String)) }];
  }
  const depth = (issues: readonly z.core.$ZodIssue[]) =>
    Math.max(0, ...issues.map(({ path }) => path.length));
  const [meant = []] = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length);
  return meant.flatMap((inner) =>
    explainIssue(schema, data, { ...inner, path: [...issue.path, ...inner.path] }),
  );
}

function judge(subject: Subject, issue: Exclude<z.core.$ZodIssue, Union>): Judged {
  const { name, description } = subject;
  const hint = description === "" ? "Correct the value." : sentence(description);
  if (issue.code === "invalid_type") return wrongType(subject, issue.expected, hint);
  if (issue.code === "invalid_value") return notAmong(subject, issue.values.map(String));
  if (issue.code === "too_small") {
    return invalid(`${name} ${bound(issue.origin, "least", issue)}.`, hint);
  }
  if (issue.code === "too_big") {
    return invalid(`${name} ${bound(issue.origin, "most", issue)}.`, hint);
  }
  if (!isOfZod(issue.message)) return invalid(`${name} ${sentence(issue.message)}`, hint);
  return invalid(`${name} does not have the form that it needs.`, hint);
}

function wrongType({ name, value }: Subject, expected: string, hint: string): Judged {
  if (value === null) {
    const keys = expected === "object" || expected === "record";
    return invalid(
      `${name} has no value.`,
      keys
        ? "Write its keys below it, indented, or remove the line."
        : `${hint} It takes ${kindOf(expected)}.`,
    );
  }
  return invalid(`${name} must be ${kindOf(expected)}, not ${describedKind(value)}.`, hint);
}

function notAmong({ name, value }: Subject, values: readonly string[]): Judged {
  const nearest = typeof value === "string" ? nearestName(value, values) : undefined;
  const rest = `Write ${oneOf(values)}.`;
  return invalid(
    `${name} is none of the possible values.`,
    nearest === undefined ? rest : `Did you mean “${nearest}”? ${rest}`,
  );
}

function invalid(text: string, hint: string): Judged {
  return { code: "config.invalidValue", text, hint };
}

function bound(
  origin: string,
  side: "least" | "most",
  issue: { minimum?: number | bigint; maximum?: number | bigint; inclusive?: boolean },
): string {
  const limit = String(side === "least" ? issue.minimum : issue.maximum);
  if (origin === "string") {
    return limit === "1" ? "must not be empty" : `must have at ${side} ${limit} characters`;
  }
  if (origin === "array") return `needs at ${side} ${limit} ${limit === "1" ? "item" : "items"}`;
  if (issue.inclusive === false)
    return `must be ${side === "least" ? "more" : "less"} than ${limit}`;
  return `must be at ${side} ${limit}`;
}

/** `routes[0].to`; items of a list count from 0. */
function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "The file";
  const steps = path.map((step, index) => {
    if (typeof step === "number") return `[${step}]`;
    return index === 0 ? String(step) : `.${String(step)}`;
  });
  return `“${steps.join("")}”`;
}

/** Zod's own words say nothing to who writes YAML; ours begin in small letters. */
function isOfZod(message: string): boolean {
  return /^(?:Invalid|Too|Unrecognized|Not|Expected)/u.test(message);
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? `“${values[0]}”` : `one of ${values.join(", ")}`;
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}

function kindOf(expected: string): string {
  return kinds[expected] ?? expected;
}

function describedKind(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return Number.isInteger(value) ? "a number" : "a fraction";
  if (typeof value === "boolean") return "true or false";
  return typeof value === "string" ? "a text" : "a group of keys";
}

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of keys",
  record: "a group of keys",
};
