import type { Problem } from "@trestle/base";

/** What can be wrong with the bytes of a connection, before anybody reads the message in them. */
export type FramingCode =
  | "garbage"
  | "frameTooLarge"
  | "endWithoutReturn"
  | "startInsideFrame"
  | "unfinished"
  | "bufferFull";

/** Bytes that did not become a message. */
export interface FramingProblem {
  readonly code: FramingCode;
  /** The first of the bytes, at most `captureBytes`; patient data. Framing bytes are left out. */
  readonly captured: Uint8Array;
  /** How many bytes it were in all. */
  readonly receivedBytes: number;
}

/** A framing problem in words for a person, under the code `mllp.` and its name. */
export function describeFraming(code: FramingCode): Problem {
  return { code: `mllp.${code}`, ...words[code] };
}

const words: Readonly<Record<FramingCode, Pick<Problem, "text" | "hint">>> = {
  garbage: {
    text: "Bytes arrived outside a frame; they were skipped.",
    hint: "The sender must start each message with 0B. Check that it speaks MLLP, without TLS.",
  },
  frameTooLarge: {
    text: "The message is larger than this listener takes.",
    hint: "Raise maxFrameBytes on this listener, or ask the sender to split the batch.",
  },
  endWithoutReturn: {
    text: "The end byte of a frame was not followed by a carriage return.",
    hint: "The sender ends a frame with 1C but not 0D, or sends 1C as data. Ask its owner to fix that.",
  },
  startInsideFrame: {
    text: "A new message started before the frame in front of it had ended.",
    hint: "The sender did not end a frame with 1C 0D. Ask its owner to fix the trailer.",
  },
  unfinished: {
    text: "The connection ended, or fell silent, inside a frame.",
    hint: "The sender will send it again. If it repeats, check the network and the sender's trailer.",
  },
  bufferFull: {
    text: "The frame was given up: all memory for unfinished frames was in use.",
    hint: "Raise maxBufferedBytes, or find the sender that starts large frames and does not end them.",
  },
};
