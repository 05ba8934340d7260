import { defineErrors } from "@trestle/base";

/** What can go wrong as messages are mapped outside of a hub. */
export const integrationErrors = defineErrors("integration", {
  mappingStopped: {
    failure: "permanent",
    hint: "A transform may never come to an end. Correct it, or raise processing.timeoutSeconds in trestle.yaml.",
  },
  interrupted: {
    failure: "transient",
    hint: "Interrupted before it was done: Ctrl+C ended a transform.",
  },
});
