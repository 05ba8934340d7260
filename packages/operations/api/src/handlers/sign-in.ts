import { Secret } from "@trestle/base";
import type { Routes } from "../contract/index.ts";
import type { OpenHandler } from "../handler.ts";
import { viewSession } from "../session-view.ts";

export const signIn: OpenHandler<Routes["signIn"]> = async (
  { body, cookie },
  { access, integration },
) => {
  const session = await access.redeem(new Secret(body.token), body.name);
  cookie.set(session.token, session.expiresAt);
  return viewSession(session, integration());
};
