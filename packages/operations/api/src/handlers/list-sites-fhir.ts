import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";
import { viewConnection } from "../site-fhir-view.ts";

export const listSitesFhir: Handler<Routes["listSitesFhir"]> = (_, { gateway }) =>
  Promise.resolve({ items: gateway.connections().map(viewConnection) });
