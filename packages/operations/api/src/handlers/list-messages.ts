import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";
import { messagePage } from "../message-page.ts";

export const listMessages: Handler<Routes["listMessages"]> = ({ caller, query }, dependencies) =>
  messagePage({ caller, action: "listMessages", wanted: query }, dependencies);
