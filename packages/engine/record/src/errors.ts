import { defineErrors } from "@trestle/base";

export const recordErrors = defineErrors("record", {
  notReadable: {
    failure: "permanent",
    hint: "A row of the record is damaged. Restore the state file from a backup and start again.",
  },
});
