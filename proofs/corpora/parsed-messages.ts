import { type Hl7Message, decodeMessage, parseMessage } from "@trestle/hl7v2";
import { corpusMessages } from "./messages.ts";

/** A reference message that could be read, with its name. */
export interface ParsedMessage {
  readonly name: string;
  readonly message: Hl7Message;
}

/** Every reference message that is one; the hub refuses the others with a reason. */
export function parsedMessages(): readonly ParsedMessage[] {
  return corpusMessages().flatMap(({ name, bytes }) => {
    const decoded = decodeMessage(bytes);
    if (!decoded.ok) return [];
    const parsed = parseMessage(decoded.value.text);
    return parsed.ok ? [{ name, message: parsed.value }] : [];
  });
}
