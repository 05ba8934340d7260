import { Section } from "../../parts/page.tsx";
import { sizeText } from "../../parts/number-text.ts";
import type { MessageReply } from "./headline.tsx";

/** What the sender was told, and what else is known of how it came. */
export function Acknowledgement({ reply }: { reply: MessageReply }) {
  const { message, remote } = reply;
  return (
    <Section title="Answer to the sender">
      <p>
        <Said message={message} />
      </p>
      <p className="quiet">
        {sizeText(message.bytes)} from <span className="mono">{remote}</span>, entry{" "}
        <span className="mono">{message.id}</span>, revision{" "}
        <span className="mono">{message.revision}</span>
      </p>
    </Section>
  );
}

function Said({ message }: Pick<MessageReply, "message">) {
  const { answer, controlId } = message;
  if (answer === "none") {
    return "None: the connection was gone, the bytes were no message, or its sender wants no answer.";
  }
  if (answer === "later") {
    return "Once it was processed: AA where it was mapped, AE where it could not be.";
  }
  return (
    <>
      <code>{["MSA", answer, controlId].filter(Boolean).join("|")}</code>{" "}
      <span className="quiet">{meanings[answer]}</span>
    </>
  );
}

/** @see HL7 v2.5.1, table 0008 */
const meanings = {
  AA: "accepted, and stored before this was said",
  AE: "refused for an error in the message; kept all the same",
  AR: "rejected; kept all the same",
  CA: "taken, and stored before this was said",
  CE: "not taken, for an error; kept all the same",
  CR: "not taken, for its type, version or processing id; kept all the same",
} as const;
