import { defineErrors } from "@trestle/base";

/** What can go wrong around a mapping. A message never makes the product's own maps throw. */
export const mappingErrors = defineErrors("mapping", {
  brokenDefaultTable: {
    failure: "permanent",
    hint: "A code table that came with the product has a bad row. Install the product again.",
  },
  transformFailed: {
    failure: "permanent",
    hint: "A transform of the integration folder failed on this message. Correct it, then replay the message.",
  },
});
