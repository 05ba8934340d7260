import { defineErrors } from "@trestle/base";

export const sandboxErrors = defineErrors("sandbox", {
  pathwaysNotReadable: {
    failure: "permanent",
    hint: "Correct the pathway files that are named; each problem has its file and line.",
  },
});
