import type { Problem } from "@trestle/base";

/** What may be wrong with a file around its messages. */
export const batchProblems = {
  wrongMessageCount: (said: number, found: number, batch: number): Problem => ({
    code: "hl7v2.wrongMessageCount",
    text: `BTS-1 says ${said} messages; batch ${batch} holds ${found}.`,
    hint: "Messages are missing or double. Ask the sender for the file again.",
    at: `batch ${batch}`,
  }),
  wrongBatchCount: (said: number, found: number): Problem => ({
    code: "hl7v2.wrongBatchCount",
    text: `FTS-1 says ${said} batches; the file holds ${found}.`,
    hint: "Batches are missing or double. Ask the sender for the file again.",
    at: "FTS-1",
  }),
  unclosedBatch: (batch: number): Problem => ({
    code: "hl7v2.unclosedBatch",
    text: `Batch ${batch} has no BTS.`,
    hint: "The end of the batch may be missing. Ask the sender whether it is whole.",
    at: `batch ${batch}`,
  }),
  unclosedFile: {
    code: "hl7v2.unclosedFile",
    text: "The file has no FTS.",
    hint: "The end of the file may be missing. Ask the sender whether it is whole.",
  } satisfies Problem,
  trailerAlone: (name: "BTS" | "FTS", line: number): Problem => ({
    code: "hl7v2.trailerAlone",
    text: `Line ${line} is a ${name} that nothing has opened.`,
    hint: "The beginning of the file may be missing. Ask the sender whether it is whole.",
    at: `line ${line}`,
  }),
  strayLine: (line: number): Problem => ({
    code: "hl7v2.strayLine",
    text: `Line ${line} belongs to no message.`,
    hint: "Messages begin with MSH. Check what else was written into the file.",
    at: `line ${line}`,
  }),
  tooManyMessages: (most: number): Problem => ({
    code: "hl7v2.tooManyMessages",
    text: `The file has more than ${most} messages; reading ended there.`,
    hint: "Raise maxMessages, or split the file.",
  }),
  tooManyBatches: (most: number): Problem => ({
    code: "hl7v2.tooManyBatches",
    text: `The file has more than ${most} batches; reading ended there.`,
    hint: "Raise maxBatches, or split the file.",
  }),
};
