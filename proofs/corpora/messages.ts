import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { corporaFolder } from "../corpora-folder.ts";

/** One message that somebody else wrote, as it stands in its file. */
export interface CorpusMessage {
  /** File, and the number of the message in it. */
  readonly name: string;
  readonly bytes: Buffer;
}

const folder = corporaFolder("hl7");

/** Whether the reference messages are there; they are not part of the project. */
export function hasCorpora(): boolean {
  return existsSync(folder);
}

/** Every reference message. A file of one message a line, its segments parted by CR, gives many. */
export function corpusMessages(): CorpusMessage[] {
  const samples = join(folder, "converter-samples");
  const simulated = join(folder, "simulated-hospital", "messages.hl7");
  const lines = readFileSync(simulated).toString("latin1").split("\n");
  return [
    ...readdirSync(samples).map((file) => ({
      name: file,
      bytes: readFileSync(join(samples, file)),
    })),
    ...lines
      .map((line, index) => ({
        name: `messages.hl7 ${index + 1}`,
        bytes: Buffer.from(line.trim(), "latin1"),
      }))
      .filter(({ bytes }) => bytes.byteLength > 0),
  ];
}
