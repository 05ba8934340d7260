import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";

export const getOverview: Handler<Routes["getOverview"]> = ({ query }, { overview }) =>
  overview(query.minutes);
