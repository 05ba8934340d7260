import { TrestleError } from "@trestle/base";
import {
  Continuations,
  type Hl7Message,
  acknowledgeInBytes,
  encodeMessage,
  parseMessage,
  parseNumeric,
  parseTimestamp,
  plainText,
  printMessage,
  printTimestamp,
  readFormattedText,
  readMessage,
  readMessageFile,
} from "../src/index.ts";

/**
 * What must hold of any bytes. Throws where it does not.
 *
 * @param bytes What a sender may send.
 */
export function checkBytes(bytes: Uint8Array): void {
  checkFile(bytes);
  const read = readMessage(bytes);
  if (!read.ok) return expectProblem(read.problem);
  const message = read.value;
  expectSame(encodeMessage(message), bytes, "bytes that nobody edited come back");
  const text = printMessage(message);
  const parsed = parseMessage(text);
  if (!parsed.ok) throw new Error("a printed message is a message");
  if (printMessage(parsed.value) !== text) throw new Error("print after parse is identity");
  walk(message);
  checkAnswer(message);
  checkEdits(bytes, message);
  new Continuations({ maxWaiting: 1 }).take(parsed.value);
}

function checkFile(bytes: Uint8Array): void {
  let messages = 0;
  for (const part of readMessageFile(bytes, { maxMessages: 50, maxBatches: 50 })) {
    if (part.is === "message") messages += 1;
    if (part.is === "problem") expectProblem(part.problem);
  }
  if (messages > 50) throw new Error("a limit of messages holds");
}

/** Every part knows its place, and the parts make up the whole. */
function walk(message: Hl7Message): void {
  for (const segment of message.segments) {
    const fields: string[] = [];
    for (let number = 1; number <= segment.fieldCount; number += 1) {
      const field = segment.field(number);
      fields.push(field.raw);
      for (const repetition of field.repetitions) {
        for (let part = 1; part <= repetition.componentCount; part += 1) {
          const component = repetition.component(part);
          const { text } = component.subcomponent(component.subcomponentCount);
          checkText(text ?? "");
          if (message.get(component.at) !== component.text) throw new Error("get reads a place");
        }
      }
      plainText(readFormattedText(field.raw, message.separators));
    }
    const whole = [segment.name, ...(segment.name === "MSH" ? fields.slice(1) : fields)];
    const isHeader = ["MSH", "FHS", "BHS"].includes(segment.name);
    if (!isHeader && whole.join(message.separators.field) !== segment.raw) {
      throw new Error("fields make up the segment");
    }
  }
}

function checkText(text: string): void {
  parseNumeric(text);
  const stamp = parseTimestamp(text);
  if (stamp !== undefined && printTimestamp(stamp) !== text.trim()) {
    throw new Error("a timestamp is printed as it was written");
  }
}

function checkAnswer(message: Hl7Message): void {
  const reason = { errorCode: "102", errorText: "Data type error", text: "No — that is none." };
  const answer = acknowledgeInBytes(message, { code: "AE", controlId: "1", at: "2026", reason });
  const read = readMessage(answer);
  if (!read.ok) throw new Error(`an answer can be read: ${read.problem.code}`);
  if (read.value.get("MSA-1") !== "AE") throw new Error("an answer says its code");
}

/** Edits as the bytes choose them; each leaves all other segments as they are. */
function checkEdits(bytes: Uint8Array, message: Hl7Message): void {
  for (let turn = 0; turn < 3; turn += 1) {
    const chosen = bytes[bytes.length - 1 - turn] ?? 0;
    const segment = message.segments[chosen % message.segments.length];
    const path = `${segment?.at ?? "MSH"}-${3 + (chosen % 5)}${["", "[0]", "[1].2", ".1.2"][chosen % 4]}`;
    const before = message.segments.map(({ raw }) => raw);
    const isDone = attempt(() => edit(message, path, chosen));
    const after = message.segments.map(({ raw }) => raw);
    const changed = before.filter((raw, line) => raw !== after[line]).length;
    if (changed > (isDone ? 1 : 0)) throw new Error("an edit touches nothing else");
  }
  const encoded = encodeMessage(message);
  if (!encoded.ok) return expectProblem(encoded.problem);
  const again = readMessage(encoded.value);
  // An edit may bring in a character that makes another guess at the set right.
  if (!again.ok) throw new Error(`what was edited can be read: ${again.problem.code}`);
}

function edit(message: Hl7Message, path: string, chosen: number): void {
  if (chosen % 3 === 0) message.remove(path);
  else if (chosen % 3 === 1) message.set(path, chosen % 2 === 0 ? "x" : "é|体");
  else message.insert(path, "y");
}

/** False where the edit was refused. */
function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (error instanceof TrestleError) return false;
    throw error;
  }
}

function expectProblem({ code, hint }: { code: string; hint: string }): void {
  if (!code.startsWith("hl7v2.") || hint === "") throw new Error("a problem says what to do");
}

function expectSame(
  result: { ok: true; value: Uint8Array } | { ok: false },
  bytes: Uint8Array,
  claim: string,
): void {
  if (!result.ok || Buffer.compare(result.value, bytes) !== 0) throw new Error(claim);
}
