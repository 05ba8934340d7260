import { existsSync, readFileSync, readdirSync } from "node:fs";
import { type Hl7Message, decodeMessage, parseMessage } from "../src/index.ts";

// Beside the repository, or one folder further up where several checkouts share it.
const places = ["../../../../../shared/", "../../../../../../shared/"].map(
  (path) => new URL(`${path}corpora/hl7/`, import.meta.url),
);
const corpora = places.find((place) => existsSync(place));

export const isCorpusHere = corpora !== undefined;

/** Every message that can be read. */
export function corpusMessages(): readonly Hl7Message[] {
  if (corpora === undefined) return [];
  return readdirSync(corpora, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".hl7"))
    .flatMap((name) => messagesIn(new URL(name, corpora)));
}

/** A file may hold many; each begins with MSH at the start of a line. */
function messagesIn(file: URL): readonly Hl7Message[] {
  const decoded = decodeMessage(readFileSync(file));
  if (!decoded.ok) return [];
  return decoded.value.text.split(/(?<=[\r\n])(?=MSH[^\w\s])/u).flatMap((text) => {
    const result = parseMessage(text);
    return result.ok ? [result.value] : [];
  });
}
