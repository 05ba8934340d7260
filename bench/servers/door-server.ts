import { join } from "node:path";
import { systemClock } from "@trestle/base";
import { receive, receiveBroken } from "@trestle/channels";
import { defaultLimits } from "@trestle/hl7v2";
import { openSqliteJournal } from "@trestle/journal";
import { listen, mllpListener } from "@trestle/mllp";

/** The receiving half of the hub alone: listener, journal, durable ACK. */
const [folder = "", port = "0"] = process.argv.slice(2);
let acknowledged = 0;
const addressee = { site: "harbor", channel: "all-in" };
const door = {
  journal: openSqliteJournal(join(folder, "journal.db")),
  clock: systemClock,
  revision: "h-bench",
  owner: addressee,
  closedBecause: () => undefined,
  limits: defaultLimits,
  addresseeOf: () => ({ ok: true as const, value: addressee }),
  stamp: () => ({ controlId: `B${(acknowledged += 1)}`, at: "20260101000000+0000" }),
};
const listener = await listen(mllpListener.parse({ type: "mllp", port: Number(port) }), {
  onMessage: (received) => receive(door, received),
  onProblem: ({ code, ...frame }) =>
    receiveBroken(door, { ...frame, reason: { code, text: code, hint: "" } }),
});
process.once("SIGINT", () => process.exit(0));
process.stdout.write(`${JSON.stringify({ port: listener.port })}\n`);
