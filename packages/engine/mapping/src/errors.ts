import { defineErrors } from "@trestle/base";

/** What can go wrong around a mapping. A message never makes it throw. */
export const mappingErrors = defineErrors("mapping", {
  brokenDefaultTable: {
    failure: "permanent",
    hint: "A code table that came with the product has a bad row. Install the product again.",
  },
});
