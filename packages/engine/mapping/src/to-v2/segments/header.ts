import { ts } from "../datatypes/ts.ts";
import { isOneOf, not } from "../rows/conditions.ts";
import { defineSegment } from "../rows/define-segment.ts";

/** @see HL7 v2.5.1, chapter 2.15.9 (MSH); the message structure came with version 2.4 */
export const msh = defineSegment("header", {
  segment: "MSH",
  isAlwaysWritten: true,
  rows: [
    { to: "MSH-3", from: "header.sender.application" },
    { to: "MSH-4", from: "header.sender.facility" },
    { to: "MSH-5", from: "header.receiver.application" },
    { to: "MSH-6", from: "header.receiver.facility" },
    { to: "MSH-7", from: "header.at", as: ts },
    { to: "MSH-8", from: "header.user" },
    { to: "MSH-9.1", from: "kind.family" },
    { to: "MSH-9.2", from: "kind.event" },
    {
      to: "MSH-9.3",
      from: "kind.structure",
      when: not(isOneOf("header.version", "2.3", "2.3.1")),
    },
    { to: "MSH-10", from: "header.controlId" },
    { to: "MSH-11", from: "header.mode" },
    { to: "MSH-12", from: "header.version" },
    { to: "MSH-18", is: "UNICODE UTF-8" },
  ],
});

/** @see HL7 v2.5.1, chapter 3.4.1 (EVN) */
export const evn = defineSegment("event", {
  segment: "EVN",
  isAlwaysWritten: true,
  rows: [
    { to: "EVN-1", from: "kind.event" },
    { to: "EVN-2", from: "header.at", as: ts },
  ],
});
