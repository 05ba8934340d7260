import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";
import { viewSession } from "../session-view.ts";

export const getSession: Handler<Routes["getSession"]> = ({ caller }, { integration }) =>
  Promise.resolve(viewSession(caller, integration()));
