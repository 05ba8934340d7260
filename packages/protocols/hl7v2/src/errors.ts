import { defineErrors } from "@trestle/base";

/** What a caller may get wrong when it edits a message or writes one. */
export const hl7v2Errors = defineErrors("hl7v2", {
  badPath: {
    failure: "permanent",
    hint: "Write a place as PID-5, PID-3[1].4.2 or OBX[2]-5: segments of a kind and repetitions count from 0, all else from 1.",
  },
  noSuchSegment: {
    failure: "permanent",
    hint: "Insert the segment before one of its fields is written.",
  },
  separatorsAreFixed: {
    failure: "permanent",
    hint: "The first segment and the separators it declares stay as they were received. Parse a new message for others.",
  },
  noSeparator: {
    failure: "permanent",
    hint: "MSH-2 of this message declares no character for what would have to be written. Ask its sender for all four.",
  },
  holdsSeparator: {
    failure: "permanent",
    hint: "Raw text must fit its place: no line break, and no separator of a larger part. Use set for plain text, which is escaped.",
  },
  aboveLimit: {
    failure: "permanent",
    hint: "The message would be larger than it may be. Write less, or raise the limit where the message is parsed.",
  },
  badSegment: {
    failure: "permanent",
    hint: "A segment begins with its name of three characters and the message's field separator, and holds no line break.",
  },
});
