import type { Happening, Told } from "../life/happening.ts";
import type { LabComponent } from "../world/catalogue.ts";
import { flagOf } from "../world/lab-values.ts";
import type { Order } from "../world/people.ts";
import type { Header } from "./header.ts";
import { location, xcn, xcnUser } from "./names.ts";
import { dg1, pid, pv1 } from "./patient-segments.ts";
import { type Sender, codeAt, labSystemAt, orderNumber, patientClass, unitAt } from "./sender.ts";
import { components, segment, text } from "./write.ts";

type Of<Kind extends Happening["kind"]> = Extract<Happening, { kind: Kind }>;
type Written = [Header, string[]];

/** ORM: a laboratory order. */
export function order(told: Told, { visit, order: placed }: Of<"order">, sender: Sender): Written {
  const at = sender.time(placed.orderedAt);
  const quantity = components({ 4: at, 6: "R" });
  return [
    { family: "ORM", event: "O01", version: "2.3" },
    [
      pid(told, sender),
      pv1(visit, sender),
      segment("ORC", {
        1: "NW",
        2: orderNumber(sender, placed.id),
        7: quantity,
        9: at,
        10: xcnUser(told.user),
        12: xcn(placed.orderedBy),
        29: visit.kind === "I" ? "I" : "O",
      }),
      segment("OBR", {
        1: "1",
        2: orderNumber(sender, placed.id),
        4: testCode(placed, sender),
        7: at,
        16: xcn(placed.orderedBy),
        24: "Lab",
        27: quantity,
      }),
      segment("NTE", { 1: "1", 3: "Collect at next draw", 4: "OC" }),
      dg1(visit),
    ],
  ];
}

/** ORU: the result of a laboratory order. */
export function result(
  told: Told,
  { visit, order: resulted, values }: Of<"result">,
  sender: Sender,
): Written {
  const at = sender.time(told.at);
  const filler = `F${resulted.id}^Beaker`;
  return [
    { family: "ORU", event: "R01", version: "2.3" },
    [
      pid(told, sender),
      pv1(visit, sender),
      segment("ORC", { 1: "RE", 2: orderNumber(sender, resulted.id), 3: filler, 5: "CM" }),
      segment("OBR", {
        1: "1",
        2: orderNumber(sender, resulted.id),
        3: filler,
        4: testCode(resulted, sender),
        7: sender.time(resulted.orderedAt),
        16: xcn(resulted.orderedBy),
        22: at,
        24: "Lab",
        25: "F",
      }),
      ...resulted.test.components.map((component, index) =>
        labValue({ component, value: values[index] ?? "", number: index + 1, at }, sender),
      ),
    ],
  ];
}

/** ORU: vital signs from a flowsheet. */
export function vitals(
  told: Told,
  { visit, pressure, rows }: Of<"vitals">,
  sender: Sender,
): Written {
  const at = sender.time(told.at);
  const row = (
    number: number,
    [code, name, value, unit]: readonly [string, string, string, string],
  ) =>
    segment("OBX", {
      1: String(number),
      2: code === "BP" ? "ST" : "NM",
      3: `${codeAt(sender, code)}^${name}^FDCID`,
      5: value,
      6: unitAt(sender, unit),
      11: "F",
      14: at,
      16: xcnUser(told.user),
    });
  return [
    { family: "ORU", event: "R01", version: "2.3" },
    [
      pid(told, sender),
      pv1(visit, sender),
      segment("OBR", { 1: "1", 4: "FLO^FLOWSHEET", 7: at, 25: "F" }),
      row(1, ["BP", "BP", pressure, "mmHg"]),
      ...rows.map(({ row: { code, name, unit }, text: value }, index) =>
        row(index + 2, [code, name, value, unit]),
      ),
    ],
  ];
}

/** RAS: a dose that was given. */
export function administration(
  told: Told,
  { visit, drug, orderId }: Of<"administration">,
  sender: Sender,
): Written {
  const at = sender.time(told.at);
  return [
    { family: "RAS", event: "O17", version: "2.5.1", application: "EPIC^RAS_GENERIC" },
    [
      pid(told, sender),
      segment("PV1", {
        1: "1",
        2: patientClass(sender, visit.kind),
        3: location(visit, sender.facility),
        19: visit.csn,
      }),
      segment("ORC", { 1: "RE", 2: orderNumber(sender, orderId) }),
      segment("RXA", {
        1: "0",
        2: "1",
        3: at,
        4: at,
        5: `${drug.code}^${text(drug.name)}^ERX`,
        6: drug.dose,
        7: drug.unit,
        20: "Given",
      }),
      segment("RXR", { 1: drug.route }),
    ],
  ];
}

/** MDM: a note that was signed. */
export function note(
  told: Told,
  { visit, note: written, id, author }: Of<"note">,
  sender: Sender,
): Written {
  const at = sender.time(told.at);
  return [
    { family: "MDM", event: "T02", structure: "MDM_T02", version: "2.5.1" },
    [
      segment("EVN", { 1: "T02", 2: at }),
      pid(told, sender),
      pv1(visit, sender),
      segment("TXA", {
        1: "1",
        2: `${written.code}^${text(written.name)}`,
        3: "TX",
        4: at,
        6: at,
        9: xcn(author),
        12: id,
        17: "AU",
        19: "AV",
      }),
      ...written.lines.map((line, index) =>
        segment("OBX", {
          1: String(index + 1),
          2: "TX",
          3: `${written.code}^${text(written.name)}`,
          5: text(line),
          11: "F",
        }),
      ),
    ],
  ];
}

function testCode({ test }: Order, sender: Sender): string {
  return components({ 1: codeAt(sender, test.code), 2: test.name, 3: "IGEAP", 5: test.name });
}

function labValue(
  given: { component: LabComponent; value: string; number: number; at: string },
  sender: Sender,
): string {
  const { component, value, number, at } = given;
  return segment("OBX", {
    1: String(number),
    2: "NM",
    3: `${codeAt(sender, component.code)}^${component.name}^${labSystemAt(sender, component)}`,
    5: value,
    6: unitAt(sender, component.unit),
    7: `${component.low}-${component.high}`,
    8: flagOf(component, Number(value)),
    11: "F",
    14: at,
  });
}
