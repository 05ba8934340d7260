import { defineErrors } from "@trestle/base";

/** What can go wrong when a secret is fetched. None of them names its value. */
export const configErrors = defineErrors("config", {
  secretNotSet: {
    failure: "permanent",
    hint: "Set the environment variable that is named, and start again.",
  },
  secretNotReadable: {
    failure: "permanent",
    hint: "Check that the file exists, and that the user of this process may read it.",
  },
  secretEmpty: {
    failure: "permanent",
    hint: "The variable or file is there, but empty. Put the secret into it.",
  },
  secretTooLarge: {
    failure: "permanent",
    hint: "A file of this size is no secret. Check that the path is the right one.",
  },
});
