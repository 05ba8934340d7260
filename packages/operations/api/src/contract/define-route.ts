import { z } from "zod";
import type { Permission, Route } from "./route.ts";

const nothing = z.strictObject({});
type Nothing = typeof nothing;

/** Declares a route; parts that it does not use are empty objects. */
export function defineRoute<
  Reply extends z.ZodType,
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
>(route: {
  name: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  summary: string;
  needs: Permission;
  params?: Params;
  query?: Query;
  body?: Body;
  reply: Reply;
  media?: "json" | "fhir";
}): Route<Params, Query, Body, Reply> {
  return {
    ...route,
    media: route.media ?? "json",
    params: route.params ?? (nothing as z.ZodType as Params),
    query: route.query ?? (nothing as z.ZodType as Query),
    body: route.body ?? (nothing as z.ZodType as Body),
  };
}
