import { defineErrors } from "@trestle/base";

export const whatIfErrors = defineErrors("whatIf", {
  threadNotStarted: {
    failure: "permanent",
    hint: "A thread that compares could not start. A transform may end it, or never come to an end, when it is loaded: correct it. Or raise processing.memoryMb in trestle.yaml, or see what else takes the memory of this machine.",
  },
  tooManyStopped: {
    failure: "permanent",
    hint: "Too many messages need more time or memory than they may have. Correct the transform or the overlay that makes them so, or raise the limits under processing in trestle.yaml.",
  },
  stopped: {
    failure: "ambiguous",
    hint: "It was stopped before all messages were compared. Nothing was written; begin again.",
  },
});
