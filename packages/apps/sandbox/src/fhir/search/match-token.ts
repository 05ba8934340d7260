import { type Json, isObject } from "./values.ts";

/** A token that is asked for. A missing system is any, an empty one is none. */
export interface Token {
  readonly system?: string;
  /** Empty: any code of the system. */
  readonly code: string;
}

/** Takes `system|code`, `|code`, `system|` or `code` apart. */
export function parseToken(text: string): Token {
  const bar = text.indexOf("|");
  if (bar < 0) return { code: text };
  return { system: text.slice(0, bar), code: text.slice(bar + 1) };
}

/**
 * Whether a value is the token: a code, a Coding, a concept, an identifier, a contact or a flag.
 *
 * A concept is also found by its text or a display, as the hospital does for what it has no code
 * of. The system of an identifier may be said by the text of its type, `EPI|900001`.
 */
export function matchesToken(value: Json, token: Token): boolean {
  if (typeof value === "string") return sameCode(value, token.code) && (token.system ?? "") === "";
  if (typeof value === "boolean" || typeof value === "number") return String(value) === token.code;
  if (!isObject(value)) return false;
  const { coding } = value;
  if (Array.isArray(coding))
    return codings(coding as readonly Json[], token) || isText(value, token);
  if (value["code"] !== undefined) return isCoding(value, token);
  return isIdentifier(value, token) || isText(value, token);
}

function codings(coding: readonly Json[], token: Token): boolean {
  return coding.some((each) => isObject(each) && isCoding(each, token));
}

function isCoding(value: { readonly [name: string]: Json | undefined }, token: Token): boolean {
  const { system, code, display } = value;
  if (token.system !== undefined && token.system !== (system ?? "")) return false;
  if (token.code === "") return token.system !== undefined;
  if (typeof code === "string" && sameCode(code, token.code)) return true;
  return token.system === undefined && isSameText(display, token.code);
}

function isText(value: { readonly [name: string]: Json | undefined }, token: Token): boolean {
  return token.system === undefined && isSameText(value["text"], token.code);
}

function isIdentifier(value: { readonly [name: string]: Json | undefined }, token: Token): boolean {
  const { system, type } = value;
  if (token.code !== "" && value["value"] !== token.code) return false;
  if (token.system === undefined) return true;
  if (token.system === (system ?? "")) return true;
  return isObject(type) && isSameText(type["text"], token.system);
}

function sameCode(code: string, asked: string): boolean {
  return code === asked || code.toLowerCase() === asked.toLowerCase();
}

function isSameText(text: Json | undefined, asked: string): boolean {
  return typeof text === "string" && text.toLowerCase() === asked.toLowerCase();
}
