import { fhirErrors } from "./errors.ts";

/** A value of a search parameter as the caller writes it. */
export type SearchValue = string | number | boolean;

/**
 * Parameters of a search, by name with its modifier. A list repeats the parameter, and all of it must
 * match; `anyOf` gives alternatives. Text is sent as it is, so a `,`, `|` or `$` that belongs to a
 * value goes through `token` or `anyOf`.
 */
export type SearchParameters = Readonly<
  Record<string, SearchValue | readonly SearchValue[] | undefined>
>;

/** A system and a code or identifier, each with FHIR's own signs escaped. */
export function token(system: string, value: string): string {
  return `${escaped(system)}|${escaped(value)}`;
}

/** Alternatives of a value, of which one must match. Write a token with `token`. */
export function anyOf(...values: readonly SearchValue[]): string {
  return values.map((value) => String(value).replaceAll(/(?<!\\),/gu, String.raw`\,`)).join(",");
}

/** Makes the addresses of one server. */
export class Addresses {
  /** Without a slash at its end. */
  readonly base: string;
  readonly origin: string;
  readonly #parameters: Readonly<Record<string, string>>;
  readonly #allowed: ReadonlySet<string>;

  constructor(options: {
    readonly baseUrl: string;
    readonly allowedOrigins: readonly string[];
    readonly parameters: Readonly<Record<string, string>>;
  }) {
    const url = new URL(options.baseUrl);
    this.origin = url.origin;
    this.base = url.origin + url.pathname.replace(/\/+$/u, "");
    this.#parameters = options.parameters;
    this.#allowed = new Set(
      [options.baseUrl, ...options.allowedOrigins].map((each) => new URL(each).origin),
    );
  }

  /**
   * The address of segments below the base, each encoded, with a query.
   *
   * @throws {TrestleError} `fhir.badAddress` for a segment that would lead elsewhere.
   */
  of(segments: readonly string[], parameters: SearchParameters = {}): string {
    const path = segments.map((segment) => `/${segmentOf(segment)}`).join("");
    const query = queryOf({ ...parameters, ...this.#parameters });
    return query === "" ? this.base + path : `${this.base}${path}?${query}`;
  }

  /**
   * An address that the server gave, absolute or relative to the base, if the token may go there.
   *
   * @throws {TrestleError} `fhir.foreignAddress`
   */
  follow(address: string): string {
    // Nearly every address begins with the base, and needs no parsing.
    if (address.startsWith(`${this.base}/`)) return address;
    const url = URL.parse(address, `${this.base}/`);
    if (url === null || !this.#allowed.has(url.origin)) throw fhirErrors.foreignAddress();
    url.hash = "";
    return url.href;
  }

  /**
   * Type and id of a reference to this server: `Patient/1`, or the whole address.
   *
   * @throws {TrestleError} `fhir.badAddress` for any other.
   */
  parts(reference: string): { readonly type: string; readonly id: string } {
    const found = this.locate(reference);
    if (found === undefined) throw fhirErrors.badAddress();
    return found;
  }

  /** As `parts`; undefined where it is no address of a resource of this server. */
  locate(reference: string): { readonly type: string; readonly id: string } | undefined {
    const local = reference.startsWith(`${this.base}/`)
      ? reference.slice(this.base.length + 1)
      : reference;
    const match = resourceAddress.exec(local);
    const { type, id } = match?.groups ?? {};
    return type === undefined || id === undefined ? undefined : { type, id: decoded(id) };
  }
}

/** A query as FHIR's servers read it. */
export function queryOf(parameters: SearchParameters): string {
  let query = "";
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? (value as readonly SearchValue[]) : [value]) {
      query += `${query === "" ? "" : "&"}${encodeURIComponent(name)}=${encodeURIComponent(String(each))}`;
    }
  }
  return query;
}

/** @throws {TrestleError} `fhir.badAddress` when this is no name of a resource type. */
export function checkedType(type: string): string {
  if (!/^[A-Z][A-Za-z]{1,63}$/u.test(type)) throw fhirErrors.badAddress();
  return type;
}

function segmentOf(segment: string): string {
  if (segment === "" || segment === "." || segment === "..") throw fhirErrors.badAddress();
  return segment.startsWith("$")
    ? `$${encodeURIComponent(segment.slice(1))}`
    : encodeURIComponent(segment);
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[\\$,|]/gu, String.raw`\$&`);
}

const resourceAddress =
  /^\/?(?<type>[A-Z][A-Za-z]+)\/(?<id>[^/?#]+)(?:\/_history\/[^/?#]+)?(?:\?[^#]*)?$/u;
