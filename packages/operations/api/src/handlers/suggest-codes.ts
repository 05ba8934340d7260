import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";

export const suggestCodes: Handler<Routes["suggestCodes"]> = async ({ query }, dependencies) => {
  return { items: [...(await dependencies.suggestCodes(query))] };
};
