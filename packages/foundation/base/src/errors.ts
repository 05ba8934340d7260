/**
 * What a failure means for a retry.
 *
 * `transient`: surely not accepted, try again. `ambiguous`: perhaps accepted, never repeat blindly.
 * `permanent`: will never be accepted, a person decides.
 */
export type FailureClass = "transient" | "ambiguous" | "permanent";

/** Sizes, counts, codes and our own ids. Never message content. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** One row of a package's error table. */
export interface ErrorKind {
  readonly failure: FailureClass;
  /** What an operator should do, in one or two short sentences. */
  readonly hint: string;
}

/** Every failure that Trestle throws on purpose. */
export class TrestleError extends Error {
  override readonly name = "TrestleError";
  /** Stable, `package.kind`, such as `mllp.frameTooLarge`. */
  readonly code: string;
  readonly failure: FailureClass;
  readonly hint: string;
  readonly facts: Facts;

  constructor(code: string, kind: ErrorKind, details: { facts: Facts; cause?: unknown }) {
    super(messageOf(code, details.facts), { cause: details.cause });
    this.code = code;
    this.failure = kind.failure;
    this.hint = kind.hint;
    this.facts = details.facts;
  }
}

/** Makes an error of one kind; `cause` is the error that led to it. */
export type MakeError = (facts?: Facts, cause?: unknown) => TrestleError;

/** A package's errors, by name, with their table for the reference page. */
export type ErrorTable<Kinds extends Record<string, ErrorKind>> = {
  readonly [Name in keyof Kinds]: MakeError;
};

const tables = new Map<string, Readonly<Record<string, ErrorKind>>>();

/**
 * Declares the errors of a package. Each name becomes a function that makes a `TrestleError` whose
 * code is `space.name`.
 *
 * @throws {Error} when the space was declared before.
 */
export function defineErrors<const Kinds extends Record<string, ErrorKind>>(
  space: string,
  kinds: Kinds,
): ErrorTable<Kinds> {
  if (tables.has(space)) throw new Error(`the errors of "${space}" are declared twice`);
  tables.set(space, kinds);
  const makers = Object.entries(kinds).map(([name, kind]): [string, MakeError] => [
    name,
    (facts = {}, cause) => new TrestleError(`${space}.${name}`, kind, { facts, cause }),
  ]);
  return Object.fromEntries(makers) as ErrorTable<Kinds>;
}

/** Every error table declared so far, by package; for the reference page and its test. */
export function declaredErrors(): ReadonlyMap<string, Readonly<Record<string, ErrorKind>>> {
  return tables;
}

function messageOf(code: string, facts: Facts): string {
  const listed = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return listed.length === 0 ? code : `${code} (${listed.join(", ")})`;
}
