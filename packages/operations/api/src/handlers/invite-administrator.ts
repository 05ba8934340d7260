import type { Routes } from "../contract/index.ts";
import type { Handler } from "../handler.ts";
import { instantOf } from "../message-view.ts";
import { signInUrl } from "../sign-in-url.ts";

export const inviteAdministrator: Handler<Routes["inviteAdministrator"]> = async (
  { caller },
  { access, integration, publicUrl },
) => {
  const { person } = caller;
  const action = "inviteAdministrator";
  await access.recordAccess({ person, action, subjects: [], purpose: "", reason: "" });
  const { linkMinutes } = integration().settings.signIn;
  const link = await access.createLink({ role: "administrator", validMinutes: linkMinutes });
  return { url: signInUrl(publicUrl(), link.token), expiresAt: instantOf(link.expiresAt) };
};
