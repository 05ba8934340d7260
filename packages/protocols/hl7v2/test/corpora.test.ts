import { existsSync, readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { type Hl7Message, decodeMessage, describeMessage, parseMessage } from "../src/index.ts";

const corpora = new URL("../../../../../shared/corpora/hl7/", import.meta.url);
const isHere = existsSync(corpora);

if (!isHere) {
  process.stdout.write("skipped: the messages under ../shared/corpora/hl7 are not here\n");
}

test.skipIf(!isHere)("each message of the corpora is read and described, or has a problem", () => {
  const texts = files().flatMap(messagesIn);
  expect(texts.length).toBeGreaterThan(0);
  const results = texts.map((text) => parseMessage(text));
  const messages = results.flatMap((result) => (result.ok ? [result.value] : []));
  const problems = results.flatMap((result) => (result.ok ? [] : [result.problem.code]));
  expect(messages.length + problems.length).toBe(texts.length);
  for (const message of messages) expect(unreadable(message)).toEqual([]);
});

function files(): readonly URL[] {
  return readdirSync(corpora, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".hl7"))
    .map((name) => new URL(name, corpora));
}

/** A file may hold many; each begins with MSH at the start of a line. */
function messagesIn(file: URL): readonly string[] {
  const decoded = decodeMessage(readFileSync(file));
  if (!decoded.ok) return [];
  return decoded.value.text.split(/(?<=[\r\n])(?=MSH[^\w\s])/u);
}

/** Places of the tree that the parser reads otherwise. */
function unreadable(message: Hl7Message): readonly string[] {
  const found: string[] = [];
  const walk = (nodes: ReturnType<typeof describeMessage>) => {
    for (const { at, text, children } of nodes) {
      const isSame = children.length > 0 || !at.includes("-") || (message.get(at) ?? '""') === text;
      if (!isSame) found.push(at);
      walk(children);
    }
  };
  walk(describeMessage(message));
  return found;
}
