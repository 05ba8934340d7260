import { openSqliteJournal } from "@trestle/journal";
import { LinkOrder, receive } from "../../src/index.ts";
import { doorTo, frame, message } from "../at-the-door.ts";

/** Takes one numbered message, and is killed as soon as its entry is durable. */
const [, , file = ""] = process.argv;
const journal = openSqliteJournal(file);
journal.onAppend(() => process.kill(process.pid, "SIGKILL"));
const links = new LinkOrder({ listener: "hospital", maxLinks: 1 });
await receive({ ...doorTo(journal), links }, frame(message({ sequence: "1", at: "2026" })));
