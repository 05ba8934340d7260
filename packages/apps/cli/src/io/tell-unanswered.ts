import type { Sandbox } from "@trestle/sandbox";
import type { Out } from "../out.ts";

/**
 * Tells when nobody acknowledges what a simulated hospital sends, and when its life stands still for
 * that. Each is told once, until the receiver answers again. Looks every second.
 *
 * @returns Ends it.
 */
export function tellUnanswered(
  running: Pick<Sandbox, "sent" | "reconnects" | "unsent" | "isFull">,
  { to, out }: { readonly to: string; readonly out: Pick<Out, "note"> },
): () => void {
  let before = { sent: 0, reconnects: 0 };
  const told = { unanswered: false, full: false };
  const timer = setInterval(() => {
    const { sent, reconnects, unsent, isFull } = running;
    if (sent > before.sent) told.unanswered = false;
    else if (reconnects > before.reconnects && !told.unanswered) {
      told.unanswered = true;
      out.note(
        `Nobody acknowledges at ${to}. Life goes on meanwhile, and messages wait. Start a hub there, or use --no-hl7. Trying again …`,
      );
    }
    if (unsent === 0) told.full = false;
    if (isFull && !told.full) {
      told.full = true;
      out.note(
        `${unsent} messages wait, which is the profile's limits.maxUnsent: nothing more happens in the hospital, over FHIR either, until one is acknowledged.`,
      );
    }
    before = { sent, reconnects };
  }, 1000);
  return () => clearInterval(timer);
}
