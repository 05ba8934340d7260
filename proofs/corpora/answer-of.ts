import type { MllpPeer } from "../../test/support/mllp-peer.ts";

/** What a sender is told: the code of the last answer, or that it asked for none. */
export type Answer = "AA" | "AE" | "AR" | "CA" | "CE" | "CR" | "none asked for" | "none";

/** Answers that say yes, or the silence that was asked for. */
export const yes: ReadonlySet<string> = new Set<Answer>(["AA", "CA", "none asked for"]);

/**
 * Sends a message as it is and waits for as many answers as its header asks for, each within ten
 * seconds. Who only wants to hear of failures is not waited for.
 *
 * @see HL7 v2.5.1, chapter 2.9.2 and 2.9.3, table 0155
 */
export async function answerOf(peer: MllpPeer, bytes: Buffer): Promise<Answer> {
  peer.write(Buffer.concat([Buffer.from([0x0b]), bytes, Buffer.from([0x1c, 0x0d])]));
  const { controlId, due } = askedFor(bytes.toString("latin1"));
  let code: Answer = due === 0 ? "none asked for" : "none";
  for (let told = 0; told < due;) {
    const answer = read(await within(10_000, peer.next()));
    if (controlId !== "" && answer.controlId !== controlId) continue;
    code = answer.code;
    told += 1;
    // A commit answer that says no is the last one.
    if (code === "CE" || code === "CR") break;
  }
  return code;
}

/** MSH-10, and how many answers MSH-15 and MSH-16 ask for when all goes well. */
function askedFor(text: string): { readonly controlId: string; readonly due: number } {
  const separator = text.charAt(3);
  const fields = (text.split(/[\r\n]/u)[0] ?? "").split(separator);
  const [accept = "", application = ""] = [fields[14], fields[15]];
  const isOriginal = accept === "" && application === "";
  const wanted = [accept, application].filter((word) => word === "AL" || word === "SU");
  return { controlId: fields[9] ?? "", due: isOriginal ? 1 : wanted.length };
}

function read(answer: string): { readonly code: Answer; readonly controlId: string } {
  const [, code = "none", controlId = ""] = /MSA\|([AC][AER])\|([^|\r]*)/u.exec(answer) ?? [];
  return { code: code as Answer, controlId };
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref();
  });
  return Promise.race([promise, late]);
}
