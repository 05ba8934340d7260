import { defineErrors } from "@trestle/base";

export const mllpErrors = defineErrors("mllp", {
  notListening: {
    failure: "permanent",
    hint: "Check that host is an address of this machine and that no other program uses the port.",
  },
  tlsNotUsable: {
    failure: "permanent",
    hint: "Check that certificate, key and authorities can be read, are PEM, and belong together.",
  },
  certificateEnded: {
    failure: "permanent",
    hint: "Put in place a certificate that has not ended.",
  },
  notFrameable: {
    failure: "permanent",
    hint: "The message holds a byte that MLLP reserves for framing. Remove it where the message is made.",
  },
  connectionFailed: {
    failure: "transient",
    hint: "Nothing was sent. Check host, port and firewall, and that the receiver is running.",
  },
  notStored: {
    failure: "transient",
    hint: "The receiver could not store the message and said so. Send it again.",
  },
  cancelled: {
    failure: "transient",
    hint: "The caller gave up before anything was sent.",
  },
  queueFull: {
    failure: "transient",
    hint: "The receiver is slower than the sender. Send less at a time, or raise maxQueued.",
  },
  clientClosed: {
    failure: "transient",
    hint: "Nothing was sent: this client was closed. Open a new one.",
  },
  noAnswer: {
    failure: "ambiguous",
    hint: "The message was sent and its fate is unknown. Ask the receiver's owner whether it arrived.",
  },
  wrongAnswer: {
    failure: "ambiguous",
    hint: "The receiver answered another message. Ask its owner whether it acknowledges in order.",
  },
  sequenceBroken: {
    failure: "permanent",
    hint: "Sender and receiver disagree on the next number. Compare both sides, then resynchronise.",
  },
  takenNotKept: {
    failure: "ambiguous",
    hint: "The receiver took the message, but its number could not be kept here. Do not send it again; check the disk.",
  },
  tooManyLinks: {
    failure: "permanent",
    hint: "The file keeps one number for each receiver that is sent to. Raise maxLinks, or use a file for each.",
  },
  sequenceNotKept: {
    failure: "transient",
    hint: "Check that the file of sequence numbers can be written and holds JSON.",
  },
});
