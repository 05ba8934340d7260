import type { Answer } from "./answer.ts";
import type { Purpose } from "./judge.ts";

/** One request to the site. */
export interface Outgoing {
  readonly purpose: Purpose;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Absolute, and allowed. */
  readonly url: string;
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly contentType?: string;
  /** Whether the server may change something by it. */
  readonly isWrite?: boolean;
  /** Whether the token stays at home: the address alone gives access. */
  readonly withoutToken?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A body as it comes in. Holds its place among the requests under way until it is closed. */
export interface OpenBody {
  /** Below 400. */
  readonly status: number;
  readonly contentType: string;
  readonly location: string | undefined;
  /** @throws {TrestleError} when the connection ends before the body does. */
  readonly chunks: AsyncIterable<Uint8Array>;
  close(): void;
}

/** Sends requests to one site, within its limits; tries again what may be. */
export interface Sender {
  /** The answer, with a status below 400; every other is thrown as the error that it is. */
  send(outgoing: Outgoing): Promise<Answer>;
  /** Like `send`, for a body that may be larger than an answer's limit. The caller closes it. */
  open(outgoing: Outgoing): Promise<OpenBody>;
}

/** The media type of FHIR's JSON. */
export const FHIR_JSON = "application/fhir+json";
