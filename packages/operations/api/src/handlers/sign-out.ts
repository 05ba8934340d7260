import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";

export const signOut: Handler<Routes["signOut"]> = async ({ caller, cookie }, { access }) => {
  await access.endSession(caller.token);
  cookie.clear();
  return {};
};
