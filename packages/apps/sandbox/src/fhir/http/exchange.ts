import type { IncomingHttpHeaders } from "node:http";
import type { Format } from "./format.ts";

/** A request, as far as FHIR cares. */
export interface Ask {
  readonly method: string;
  /** `{origin}{path}/api/FHIR/R4`, with which addresses in the answer begin. */
  readonly base: string;
  /** `{origin}{path}`. */
  readonly root: string;
  /** Behind the base, decoded: `["Patient", "e…3"]`. */
  readonly steps: readonly string[];
  readonly query: Query;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly format: Format;
}

/** Parameters in the order in which they came. */
export type Query = readonly (readonly [name: string, value: string])[];

/** What is answered. Without a body it is empty. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
}

export type Body =
  /** Printed in the format that is asked for. */
  | { readonly resource: object }
  /** Printed already, in that format. */
  | { readonly printed: string }
  /** What is no FHIR. */
  | { readonly content: string | Buffer; readonly contentType: string };

/** Ends a request early with an answer. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`answered with ${answer.status}`);
    this.answer = answer;
  }
}
