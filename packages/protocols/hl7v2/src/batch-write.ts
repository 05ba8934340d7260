import { hl7v2Errors } from "./errors.ts";
import type { Hl7Message } from "./message.ts";
import { printMessage } from "./print.ts";
import { standardSeparators } from "./separators.ts";

/** What FHS or BHS says; each text as it is to be written, with its components. */
export interface EnvelopeHeader {
  readonly sendingApplication?: string;
  readonly sendingFacility?: string;
  readonly receivingApplication?: string;
  readonly receivingFacility?: string;
  /** When it was made, `YYYYMMDDHHMMSS`. */
  readonly at?: string;
  /** Name, id or type. */
  readonly name?: string;
  readonly comment?: string;
  readonly controlId?: string;
  /** The control ID of the file or batch that this one answers. */
  readonly referenceControlId?: string;
}

export interface BatchToWrite {
  readonly header?: EnvelopeHeader;
  readonly messages: Iterable<string | Hl7Message>;
}

/**
 * Writes a file piece by piece: FHS, batches of messages with BHS and BTS, FTS. The counts are those
 * of what was written, so that messages may come from anywhere and need not be in memory together.
 * Envelopes have the standard's separators; messages stay as they are.
 *
 * @throws {TrestleError} `hl7v2.holdsSeparator` where a text of a header would reach beyond its field.
 * @see HL7 v2.5.1, chapters 2.10.3 and 2.15.2 ff. (BHS, BTS, FHS, FTS)
 */
export function* writeMessageFile(file: {
  readonly header?: EnvelopeHeader;
  readonly batches: Iterable<BatchToWrite>;
}): Generator<string, void, undefined> {
  yield headerSegment("FHS", file.header);
  let batches = 0;
  for (const batch of file.batches) {
    yield* writeBatch(batch);
    batches += 1;
  }
  yield `FTS|${batches}\r`;
}

/** Writes one batch, BHS to BTS, without a file around it. */
export function* writeBatch(batch: BatchToWrite): Generator<string, void, undefined> {
  yield headerSegment("BHS", batch.header);
  let count = 0;
  for (const message of batch.messages) {
    const text = typeof message === "string" ? message : printMessage(message);
    yield /[\r\n]$/u.test(text) ? text : `${text}\r`;
    count += 1;
  }
  yield `BTS|${count}\r`;
}

function headerSegment(name: "FHS" | "BHS", header: EnvelopeHeader = {}): string {
  const fields = [
    name,
    marks,
    header.sendingApplication ?? "",
    header.sendingFacility ?? "",
    header.receivingApplication ?? "",
    header.receivingFacility ?? "",
    header.at ?? "",
    "",
    header.name ?? "",
    header.comment ?? "",
    header.controlId ?? "",
    header.referenceControlId ?? "",
  ];
  if (fields.some((text) => /[\r\n|]/u.test(text))) throw hl7v2Errors.holdsSeparator();
  return `${fields.slice(0, fields.findLastIndex((text) => text !== "") + 1).join("|")}\r`;
}

const { component, repetition, escape, subcomponent } = standardSeparators;
const marks = `${component}${repetition}${escape}${subcomponent}`;
