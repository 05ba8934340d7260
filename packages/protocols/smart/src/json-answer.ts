import type { TrestleError } from "@trestle/base";
import { smartErrors } from "./errors.ts";
import type { HttpAnswer } from "./http.ts";

/** A JSON object as it came; members are checked where they are used. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The answer's JSON object, or undefined for anything else. */
export function jsonObjectOf({ text }: HttpAnswer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The JSON object of a good answer.
 *
 * @throws {TrestleError} `smart.unavailable`, `smart.pageInsteadOfAnswer`, `smart.notJson`
 */
export function expectJson(answer: HttpAnswer): JsonObject {
  const json = jsonObjectOf(answer);
  if (json !== undefined && answer.status >= 200 && answer.status < 300) return json;
  throw withoutJson(answer);
}

/** Says why an answer is none: a gateway that is busy, a page, or something else. */
export function withoutJson(answer: HttpAnswer): TrestleError {
  if (answer.status === 429 || answer.status >= 500) return unavailable(answer);
  const facts = { host: hostOf(answer), status: answer.status };
  return isPage(answer) ? smartErrors.pageInsteadOfAnswer(facts) : smartErrors.notJson(facts);
}

/** Says that the server cannot now, and when it can if it told so. */
export function unavailable(answer: HttpAnswer): TrestleError {
  const facts = { host: hostOf(answer), status: answer.status };
  const seconds = retryAfterSeconds(answer);
  return smartErrors.unavailable(
    seconds === undefined ? facts : { ...facts, retryAfterSeconds: seconds },
  );
}

/** Whether it is HTML, by its type or by how it begins: gateways answer with pages. */
function isPage({ headers, text }: HttpAnswer): boolean {
  return (
    headers["content-type"]?.includes("text/html") === true ||
    /^\s*<(?:!doctype html|html|head|body)\b/iu.test(text)
  );
}

/** Whether it is XML that is no page. */
export function isXml(answer: HttpAnswer): boolean {
  return !isPage(answer) && /^[\s\u{FEFF}]*</u.test(answer.text);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function hostOf({ url }: { url: string }): string {
  return URL.parse(url)?.host ?? "";
}

/** Seconds by `Retry-After`, as a number or as a date against the server's own clock. */
function retryAfterSeconds({ headers }: HttpAnswer): number | undefined {
  const value = headers["retry-after"];
  if (value === undefined) return undefined;
  if (/^\d{1,6}$/u.test(value.trim())) return Number(value);
  const ms = Date.parse(value) - Date.parse(headers["date"] ?? "");
  return Number.isNaN(ms) ? undefined : Math.max(0, Math.ceil(ms / 1000));
}
