import type { TrestleError } from "@trestle/base";
import type { FhirNotice } from "@trestle/gateway";
import { kindOf } from "@trestle/fhir/client";
import type { Refusal } from "./report.ts";

/** What a site refused in one answer, before it is counted. */
export type Refused = Omit<Refusal, "patients">;

/** Refusals and other failures of one search, counted by patients. */
export class Refusals {
  readonly #refused = new Map<
    string,
    { readonly refused: Refused; readonly patients: Set<string> }
  >();

  add(patient: string, refused: Refused): void {
    const { kind, code, apis, isPart } = refused;
    const key = [kind, code, isPart, ...apis].join("\n");
    const known = this.#refused.get(key) ?? { refused, patients: new Set<string>() };
    known.patients.add(patient);
    this.#refused.set(key, known);
  }

  /** Most patients first. */
  get all(): readonly Refusal[] {
    return [...this.#refused.values()]
      .map(({ refused, patients }) => ({ ...refused, patients: patients.size }))
      .toSorted((one, other) => other.patients - one.patients);
  }
}

/**
 * The refusals among the remarks of a good answer: 200 does not say that all came.
 *
 * @param hasData Whether anything came: then the refusal is of a part.
 */
export function refusedByNotices(
  notices: readonly FhirNotice[],
  hasData: boolean,
): readonly Refused[] {
  return notices
    .filter(({ kind }) => kinds.has(kind))
    .map(({ kind, code, text, hint, missing = [] }) => ({
      kind,
      code,
      text,
      hint,
      apis: missing,
      isPart: hasData,
    }));
}

/**
 * The refusal that a failed answer is; undefined where it failed otherwise.
 *
 * @param apis What the site would have to grant.
 */
export function refusedByFailure(
  error: TrestleError,
  apis: readonly string[],
): Refused | undefined {
  if (kindOf(error) !== "permission") return undefined;
  const { code } = error.facts;
  const name = error.code.replace("fhir.", "");
  return {
    kind: name,
    code: code === undefined ? "" : String(code),
    text: texts[name] ?? "The site refuses.",
    hint: error.hint,
    // A protected record is not opened by a grant.
    apis: name === "recordRestricted" ? [] : apis,
    isPart: false,
  };
}

const kinds: ReadonlySet<string> = new Set([
  "applicationLacksAccess",
  "userLacksAccess",
  "recordRestricted",
  "partialView",
]);

const texts: Readonly<Record<string, string>> = {
  apiNotGranted: "The application was not granted this.",
  userNotPermitted: "The user, or the application’s own, may not see this.",
  recordRestricted: "The record is under special protection (break the glass).",
  blocked: "Something in front of the site turns the request away.",
};
