import { defineErrors } from "@trestle/base";

export const sqliteErrors = defineErrors("sqlite", {
  notOpened: {
    failure: "permanent",
    hint: "Check that the folder exists, belongs to this user and is on a local disk.",
  },
  newerSchema: {
    failure: "permanent",
    hint: "A newer Trestle wrote this file. Start that version, or restore a backup.",
  },
  notStored: {
    failure: "transient",
    hint: "Nothing was stored. Free space on the disk that holds the data folder, or repair it.",
  },
  closed: {
    failure: "transient",
    hint: "The hub is shutting down. Send again after it has started.",
  },
});
