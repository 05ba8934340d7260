import { defineErrors } from "@trestle/base";

export const hubErrors = defineErrors("hub", {
  notListening: {
    failure: "permanent",
    hint: "Another program may listen there: end it, or choose another port in trestle.yaml; 0 picks a free one.",
  },
  tlsNotUsable: {
    failure: "permanent",
    hint: "Check tls of this listener: its files can be read, are PEM, and belong together. Paths begin at the integration folder.",
  },
  mappingNotStarted: {
    failure: "transient",
    hint: "The mapping thread did not start. Messages are still taken and wait; it is tried again.",
  },
  mappingEnded: {
    failure: "transient",
    hint: "The mapping thread ended. Messages wait in the journal and are mapped by a new one.",
  },
  mappingNotRead: {
    failure: "transient",
    hint: "The mapping thread could not read the journal. Check the disk; it is tried again.",
  },
  explainBusy: {
    failure: "transient",
    hint: "One explanation is being made and another waits for it. Try again in a moment.",
  },
  promotionMoved: {
    failure: "permanent",
    hint: "The folder or the approval is another one by now. Look at the diff again, and approve that.",
  },
  nothingWaits: {
    failure: "permanent",
    hint: "There is nothing to approve. `trestle promote` shows what waits.",
  },
  approvedNotUsable: {
    failure: "permanent",
    hint: "What was approved for production does not go together with the folder. Put back what it names, or start once with promotion.required: false.",
  },
  stopping: {
    failure: "transient",
    hint: "The hub is shutting down. Ask again after it has started.",
  },
  whatIfBusy: {
    failure: "transient",
    hint: "One comparison runs at a time. Wait for it, or stop it.",
  },
  whatIfFailed: {
    failure: "permanent",
    hint: "The comparison failed in a way that nobody foresaw. Try `trestle replay --what-if` on the hub's machine, and report what it says.",
  },
  unknownDialect: {
    failure: "permanent",
    hint: "Correct `dialect` under `fhir` in site.yaml. Leave it out for a server that keeps to the standard.",
  },
  dataInUse: {
    failure: "permanent",
    hint: "Another hub runs on this data folder. Stop it first, or give this one its own with --data.",
  },
  noSettingsFile: {
    failure: "permanent",
    hint: "Take a path from the list of settings files. Sites and channels are made in the folder itself.",
  },
  settingsMoved: {
    failure: "permanent",
    hint: "Somebody changed the file meanwhile. Load it again and make the change anew.",
  },
  settingsNotReadable: {
    failure: "permanent",
    hint: "Run trestle check on the integration folder: the file may be too large, not UTF-8, or closed to the hub's user.",
  },
  dataNotWritable: {
    failure: "permanent",
    hint: "Check that the data folder can be created and written by this user.",
  },
});
