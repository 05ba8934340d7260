import type { Person } from "@trestle/access";
import type { Secret } from "@trestle/base";
import type { Purpose, ReplyOf, RequestOf, Route } from "./contract/index.ts";
import type { Dependencies } from "./dependencies.ts";
import type { DisclosedFhir } from "./fhir-disclosure.ts";

/** Who asks, and why. */
export interface Caller {
  readonly person: Person;
  /** Milliseconds since 1970 UTC. */
  readonly expiresAt: number;
  readonly token: Secret<string>;
  /** From the header `Trestle-Purpose`; without one patient data is masked. */
  readonly purpose: Purpose | undefined;
}

/** The session cookie of the reply. */
export interface SessionCookie {
  set(token: Secret<string>, expiresAt: number): void;
  clear(): void;
}

export interface OpenRequest<R extends Route> extends RequestOf<R> {
  readonly cookie: SessionCookie;
}

export interface HandlerRequest<R extends Route> extends OpenRequest<R> {
  readonly caller: Caller;
}

/** Answers a route. Knows no web framework; what fails throws a `TrestleError`. */
export type Handler<R extends Route> = (
  request: HandlerRequest<R>,
  dependencies: Dependencies,
) => Promise<ReplyOf<R>>;

/** Answers a route whose replies are FHIR, with what the site remarked. */
export type FhirHandler<R extends Route> = (
  request: HandlerRequest<R>,
  dependencies: Dependencies,
) => Promise<DisclosedFhir>;

/** Answers a route that needs no sign-in. */
export type OpenHandler<R extends Route> = (
  request: OpenRequest<R>,
  dependencies: Dependencies,
) => Promise<ReplyOf<R>>;
