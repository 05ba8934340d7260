import type { SignedIn } from "@trestle/access";
import type { Session } from "./contract/index.ts";
import type { ApiIntegration } from "./dependencies.ts";
import { instantOf } from "./message-view.ts";

export function viewSession(
  { person, expiresAt }: SignedIn,
  { settings }: ApiIntegration,
): Session {
  const { id, name, role } = person;
  return {
    person: { id, name, role },
    expiresAt: instantOf(expiresAt),
    masksUntilPurpose: settings.privacy.maskUntilPurpose,
  };
}
