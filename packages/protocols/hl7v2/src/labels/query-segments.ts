import type { SegmentTable } from "./table.ts";

/** Queries and what answers them. HL7 v2.5.1, chapter 5. */
export const querySegments: SegmentTable = {
  QRD: {
    name: "Query definition, original style",
    fields: [
      ["Time of query", "TS"],
      ["Format", "ID"],
      ["Priority", "ID"],
      ["Query ID", "ST"],
      ["Deferred response type", "ID"],
      ["Time of deferred response", "TS"],
      ["Quantity limit", "CQ"],
      ["Who the query is about", "XCN"],
      ["What is asked for", "CE"],
      ["Department asked", "CE"],
      ["Range of codes asked for", "VR"],
      ["Results level", "ID"],
    ],
  },
  QRF: {
    name: "Query filter, original style",
    fields: [
      ["Where filter", "ST"],
      ["Data from", "TS"],
      ["Data until", "TS"],
      ["User qualifier", "ST"],
      ["Other filter", "ST"],
      ["Which date to use", "ID"],
      ["Which status to use", "ID"],
      ["Which dates to select", "ID"],
      ["Quantity and timing", "TQ"],
      ["Search confidence threshold", "NM"],
    ],
  },
  QPD: {
    name: "Query parameters",
    fields: [
      ["Query name", "CE"],
      ["Query tag", "ST"],
      ["User parameters", "varies"],
    ],
  },
  QAK: {
    name: "Query acknowledgement",
    fields: [
      ["Query tag", "ST"],
      ["Response status", "ID"],
      ["Query name", "CE"],
      ["Hits in total", "NM"],
      ["Hits in this payload", "NM"],
      ["Hits remaining", "NM"],
    ],
  },
  RCP: {
    name: "Response control parameters",
    fields: [
      ["Priority", "ID"],
      ["Quantity limit", "CQ"],
      ["Response modality", "CE"],
      ["Execution and delivery time", "TS"],
      ["Modify indicator", "ID"],
      ["Sort by", "SRT"],
      ["Segment groups to include", "ID"],
    ],
  },
};
