import { defineErrors } from "@trestle/base";

export const sandboxErrors = defineErrors("sandbox", {
  pathwaysNotReadable: {
    failure: "permanent",
    hint: "Correct the pathway files that are named; each problem has its file and line.",
  },
  nothingHappens: {
    failure: "permanent",
    hint: "Give the pathways steps that can be taken: most need a visit or an appointment first.",
  },
  profileNotReadable: {
    failure: "permanent",
    hint: "Correct the profile; each problem has its line. Its own name stands for a ready profile.",
  },
  portTaken: {
    failure: "permanent",
    hint: "Another program listens there. Choose another port, or 0 for a free one.",
  },
  notListening: {
    failure: "permanent",
    hint: "Check that this machine has the address, and that this user may listen there.",
  },
  switchIsFixed: {
    failure: "permanent",
    hint: "Paths and identifiers are set at the start. Say it in a profile, and start with that.",
  },
  chartsFull: {
    failure: "permanent",
    hint: "Clients have written as much as is kept. Wipe what was written, or raise the limit.",
  },
});
