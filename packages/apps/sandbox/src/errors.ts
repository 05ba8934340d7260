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
});
