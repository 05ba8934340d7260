import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";
import { viewSite } from "../site-fhir-view.ts";

export const getSiteFhir: Handler<Routes["getSiteFhir"]> = async ({ params }, { gateway }) =>
  viewSite(await gateway.site(params.site));
