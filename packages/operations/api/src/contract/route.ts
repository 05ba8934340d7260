import type { z } from "zod";

/** What a person may do. `nobody` marks routes that need no sign-in. */
export type Permission =
  | "nobody"
  | "session"
  | "messages.read"
  | "messages.replay"
  | "patients.read"
  | "deliveries.decide"
  | "codes.decide"
  | "settings.edit"
  | "whatIfs.run"
  | "people.invite"
  | "configuration.reload"
  | "production.approve"
  | "fhir.read"
  | "fhir.watch"
  | "probes.run";

type Shape = z.ZodType;

/** One HTTP route as a value: the server, the OpenAPI page and the clients derive from it. */
export interface Route<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Reply extends Shape = Shape,
> {
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Parameters as `:name`. */
  readonly path: string;
  readonly summary: string;
  readonly needs: Permission;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly reply: Reply;
  /** `fhir`: answered as FHIR JSON, failures too. */
  readonly media: "json" | "fhir";
}

/** The values of a route's request, after validation. */
export interface RequestOf<R extends Route> {
  readonly params: z.infer<R["params"]>;
  readonly query: z.infer<R["query"]>;
  readonly body: z.infer<R["body"]>;
}

export type ReplyOf<R extends Route> = z.infer<R["reply"]>;
