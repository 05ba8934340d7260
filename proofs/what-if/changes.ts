import { type Random, seededRandom } from "@trestle/base";
import type { Base } from "./base.ts";
import { first, observes, typeOf } from "./message-text.ts";

/** What must be found: differences of a kind at a path, in so many messages. */
export interface Expected {
  readonly kind: string;
  readonly path: string;
  readonly table?: string;
  readonly messages: number;
}

/** One change of the integration, and what it must do to the traffic. */
export interface SeededChange {
  readonly name: string;
  /** Changes files. */
  readonly apply: (base: Files) => void;
  /** By the text of the messages alone: neither parser nor mapping is asked. */
  readonly expected: (taken: readonly string[], refused: readonly string[]) => readonly Expected[];
  /** Whether it may stand beside others in one revision without a message having both. */
  readonly isAlone?: boolean;
}

type Files = Pick<Base, "read" | "write">;

/** What the sample is before anything is changed: some messages are refused, and have a way in. */
export const adapted = {
  "channels/other-in.yaml": (text: string) => text.replace('["*"]', "[VXU]"),
  "channels/medications-in.yaml": (text: string) => text.replace("[RAS]", "[RDS]"),
};

/** The changes of a seed: which row, code or type each is about is drawn. */
export function seededChanges(seed: number): readonly SeededChange[] {
  const draw = drawer(seededRandom(seed));
  const vital = draw(["PULSE", "RESP", "WEIGHT"]);
  const otherVital = draw(["PULSE", "RESP", "WEIGHT"].filter((local) => local !== vital));
  const [gone, set] = draw([
    ["1004", "1203"],
    ["1203", "1004"],
  ]);
  const days = draw([
    { column: "from", day: "2026-01-16", isOut: (day: string) => day < "20260116" },
    { column: "until", day: "2026-01-14", isOut: (day: string) => day > "20260114" },
  ]);
  const event = draw(["ADT^A03", "ADT^A08", "ADT^A01"]);
  return [
    ...ofTables({ vital, otherVital, gone, set, days }),
    ...ofOverlays(draw(["patient-portal", "portal", "portal/state"])),
    ...ofDoors(),
    ...ofCode(event),
  ];
}

function drawer(random: Random): <T>(all: readonly T[]) => T {
  return (all) => {
    const drawn = all[Math.floor(random.next() * all.length)];
    if (drawn === undefined) throw new Error("nothing to draw from");
    return drawn;
  };
}

interface Drawn {
  readonly vital: string;
  readonly otherVital: string;
  readonly gone: string;
  readonly set: string;
  /** When the row counts, and on which days it does not. */
  readonly days: {
    readonly column: string;
    readonly day: string;
    readonly isOut: (day: string) => boolean;
  };
}

function ofTables({ vital, otherVital, gone, set, days }: Drawn): readonly SeededChange[] {
  const ofVital = (local: string, element: string) => (messages: readonly string[]) => [
    {
      kind: "changed",
      path: `Observation.code.coding.${element}`,
      table: "observation-code",
      messages: messages.filter((text) => observes(text, local)).length,
    },
  ];
  return [
    {
      name: "a code of a row is another",
      apply: edit(observationCodes, rowOf(vital), (row) => row.replace(/\d+-\d,/u, "8889-8,")),
      expected: ofVital(vital, "code"),
    },
    {
      name: "the name of a row is another",
      apply: edit(observationCodes, rowOf(otherVital), (row) =>
        row.replace(/^(?<local>\w+),[^,]+/u, "$<local>,As the ward calls it"),
      ),
      expected: ofVital(otherVital, "display"),
    },
    {
      name: "a row is gone",
      apply: edit(appointmentTypes, rowOf(gone), () => ""),
      expected: (messages) => appointment(messages.filter((text) => isOfKind(text, gone))),
    },
    {
      name: "a row is new",
      apply: edit(observationCodes, /$(?![^])/u, () => newRow),
      expected: (messages) => coded(messages.filter((text) => observes(text, "IPF"))),
    },
    {
      name: "a row has another status",
      apply: edit(
        appointmentTypes,
        rowOf(set),
        () => `${set},Visit,https://lakeshore.example/codes/visit-types,${set},${onPurpose},\n`,
      ),
      expected: (messages) => appointment(messages.filter((text) => isOfKind(text, set))),
    },
    {
      name: "a row counts on other days",
      isAlone: true,
      apply: (files) => {
        edit(appointmentTypes, "status,note", (head) => `${head},${days.column}`)(files);
        edit(appointmentTypes, rowOf(gone), (row) => row.replace("\n", `,${days.day}\n`))(files);
      },
      expected: (messages) =>
        appointment(
          messages.filter(
            (text) => isOfKind(text, gone) && days.isOut(first(text, "MSH", 7).slice(0, 8)),
          ),
        ),
    },
  ];
}

function ofOverlays(name: string): readonly SeededChange[] {
  const hasPortal = (text: string) => first(text, "ZPD", 4) !== "";
  return [
    {
      name: "an overlay has one more row",
      apply: edit(overlay, portalEnd, (row) => `${row}${kindOfPortal}`),
      expected: (messages) =>
        extension(
          "added",
          messages.filter((text) => first(text, "ZPD", 2) !== ""),
        ),
    },
    {
      name: "a row of an overlay says something else",
      isAlone: true,
      apply: edit(overlay, "fhir/portal-status", () => `fhir/${name}-of-here`),
      expected: (messages) => [
        {
          kind: "changed",
          path: "Patient.extension.url",
          messages: messages.filter(hasPortal).length,
        },
      ],
    },
    {
      name: "a row of an overlay is gone",
      isAlone: true,
      apply: edit(overlay, /maps:[^]*?from: ZPD-4\n/u, () => ""),
      expected: (messages) => extension("removed", messages.filter(hasPortal)),
    },
    {
      name: "an overlay takes a row of the base map away",
      apply: edit(
        overlay,
        portalEnd,
        (row) => `${row}    - change: remove\n      row: birthDate\n`,
      ),
      expected: (messages) => [
        {
          kind: "removed",
          path: "Patient.birthDate",
          messages: messages.filter((text) => first(text, "PID", 7) !== "").length,
        },
      ],
    },
    {
      name: "a profile allows fewer codes",
      apply: edit("sites/lakeshore/profile.yaml", "[ACTIVATED, PENDING]", () => "[ACTIVATED]"),
      expected: (messages) => [
        {
          kind: "newFinding",
          path: "hl7v2.unknownCode",
          messages: messages.filter((text) => first(text, "ZPD", 4) === "PENDING").length,
        },
      ],
    },
  ];
}

function ofDoors(): readonly SeededChange[] {
  const results = (messages: readonly string[]) => messages.filter(isResult).length;
  return [
    {
      name: "a route takes other types",
      apply: edit(
        "channels/results-in.yaml",
        "to: app-webhook",
        (line) => `${line}\n    types: [ORU^R30]`,
      ),
      expected: (messages) => [
        { kind: "goneRoute", path: "app-webhook", messages: results(messages) },
      ],
    },
    {
      name: "another channel takes a type",
      isAlone: true,
      apply: (files) => {
        edit("channels/results-in.yaml", "[ORU]", () => "[ORF]")(files);
        edit("channels/other-in.yaml", "[VXU]", () => "[VXU, ORU]")(files);
      },
      expected: (messages) => [
        { kind: "otherChannel", path: "other-in", messages: results(messages) },
      ],
    },
    {
      name: "no channel takes a type",
      isAlone: true,
      apply: edit("channels/results-in.yaml", "[ORU]", () => "[ORF]"),
      expected: (messages) => [
        { kind: "failing", path: "integration.typeNotTaken", messages: results(messages) },
      ],
    },
    {
      name: "a channel takes what was refused",
      isAlone: true,
      apply: edit("channels/medications-in.yaml", "[RDS]", () => "[RAS]"),
      expected: (_taken, refused) => [
        { kind: "succeeding", path: "integration.typeNotTaken", messages: refused.length },
      ],
    },
    {
      name: "a message may have fewer segments",
      isAlone: true,
      apply: edit("trestle.yaml", /$(?![^])/u, () => "messages:\n  maxSegments: 12\n"),
      expected: (messages) => [
        {
          kind: "failing",
          path: "hl7v2.tooManySegments",
          messages: messages.filter((text) => linesOf(text) > 12).length,
        },
      ],
    },
  ];
}

function ofCode(event: string): readonly SeededChange[] {
  return [
    {
      name: "a transform fails on a type",
      isAlone: true,
      apply: (files) => {
        files.write("transforms/strict.ts", strict.replace("TYPE", event));
        edit(overlay, /$(?![^])/u, () => "transforms: [strict]\n")(files);
      },
      expected: (messages) => [
        {
          kind: "failing",
          path: "mapping.transformFailed",
          messages: messages.filter((text) => typeOf(text) === event).length,
        },
      ],
    },
  ];
}

/** Replaces a part of a file; that it is there is part of the proof. */
function edit(path: string, part: string | RegExp, change: (found: string) => string) {
  return ({ read, write }: Files): void => {
    const text = read(path);
    const changed = text.replace(part, change);
    if (changed === text) throw new Error(`${path} has nothing to change`);
    write(path, changed);
  };
}

function rowOf(local: string): RegExp {
  return new RegExp(`^${local},.*\\n`, "mu");
}

function isOfKind(text: string, local: string): boolean {
  return typeOf(text).startsWith("SIU") && first(text, "SCH", 8) === local;
}

function isResult(text: string): boolean {
  return typeOf(text).startsWith("ORU");
}

/** Whether the adapted sample takes a message. */
export function isTaken(text: string): boolean {
  const [family = ""] = typeOf(text).split("^");
  return ["ADT", "MDM", "ORM", "OML", "OMG", "OMS", "VXU", "ORU", "SIU"].includes(family);
}

function linesOf(text: string): number {
  return text.split("\r").filter((line) => line !== "").length;
}

/** A kind of visit that means something else changes each part of its coding. */
function appointment({ length }: readonly string[]): readonly Expected[] {
  return ["code", "display", "system"].map((element) => ({
    kind: "changed",
    path: `Appointment.appointmentType.coding.${element}`,
    table: "appointment-type",
    messages: length,
  }));
}

/** A code that had no row gets a coding more, and the warning about it goes. */
function coded({ length: messages }: readonly string[]): readonly Expected[] {
  const table = "observation-code";
  return [
    ...["code", "display", "system"].map((element) => ({
      kind: "added",
      path: `Observation.code.coding.${element}`,
      table,
      messages,
    })),
    { kind: "goneWarning", path: "mapping.unmappedCode", table, messages },
  ];
}

function extension(kind: string, { length: messages }: readonly string[]): readonly Expected[] {
  return ["url", "valueString"].map((element) => ({
    kind,
    path: `Patient.extension.${element}`,
    messages,
  }));
}

const observationCodes = "sites/lakeshore/tables/observation-code.csv";
const appointmentTypes = "sites/lakeshore/tables/appointment-type.csv";
const overlay = "sites/lakeshore/overlay.yaml";
const portalEnd = "      from: ZPD-4\n";
const onPurpose = "not mapped on purpose";
const newRow = "IPF,Immature platelets,http://loinc.org,71693-6,mapped,\n";
const kindOfPortal = `    - change: add
      row: portal-kind
      extension: https://lakeshore.example/fhir/portal
      value: valueString
      from: ZPD-2
`;
const strict = `export const transform = {
  before(message) {
    if (message.type === "TYPE") throw new RangeError("not here");
  },
};
`;

/** Changes that do nothing to what is sent. */
export const nothing: readonly SeededChange[] = [
  {
    name: "a row for a code that nobody sends",
    apply: edit(
      observationCodes,
      /$(?![^])/u,
      () => "NEVER,Never sent,http://loinc.org,8867-4,mapped,\n",
    ),
    expected: () => [],
  },
  {
    name: "the rows of a table in another order",
    apply: ({ read, write }) => {
      const [head = "", ...rows] = read(observationCodes).trimEnd().split("\n");
      write(observationCodes, `${[head, ...rows.toReversed()].join("\n")}\n`);
    },
    expected: () => [],
  },
];
