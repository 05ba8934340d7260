import { defineErrors } from "@trestle/base";

export const cliErrors = defineErrors("cli", {
  hubNotReached: {
    failure: "transient",
    hint: "No hub answers at this address. Start one with `trestle start` or `trestle demo`, or name its address with --hub.",
  },
  hubSilent: {
    failure: "ambiguous",
    hint: "The hub did not answer in time. See with `trestle status` how it is, or wait longer with --timeout-seconds.",
  },
  wrongToken: {
    failure: "permanent",
    hint: "The hub does not know this token. Name the data folder of this very hub with --data, or set TRESTLE_TOKEN.",
  },
  notAHub: {
    failure: "permanent",
    hint: "What answers at this address is not a Trestle hub. Name the hub's address with --hub.",
  },
  hubEnded: {
    failure: "transient",
    hint: "The hub ended the connection. See with `trestle status` whether it still runs.",
  },
  noToken: {
    failure: "permanent",
    hint: "No operator token was found. Name the hub's data folder with --data, or set TRESTLE_TOKEN.",
  },
  sampleNotListening: {
    failure: "permanent",
    hint: "The sample application cannot listen there; perhaps one runs already. End it, or see `--help` for how to go without.",
  },
  mappingNotStarted: {
    failure: "permanent",
    hint: "The thread that maps could not start. A transform may end it, or never come to an end, when it is loaded: correct it. Or raise memoryMb or timeoutSeconds under processing in trestle.yaml, or see what else takes the memory of this machine.",
  },
  folderNotWritten: {
    failure: "permanent",
    hint: "The folder could not be written, and nothing was left there. Check that this user may write there, and that the disk has room.",
  },
  interrupted: {
    failure: "ambiguous",
    hint: "Interrupted before it was done.",
  },
});
