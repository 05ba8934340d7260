import { expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();

test("what is done about the specimen of an order is a detail of it, and a reflex its intent", () => {
  const [added] = requestsIn("OBR|1|P1^EPC||BMP^Panel|||||||A");
  expect(added?.orderDetail?.[0]?.coding).toEqual([
    { system: "http://terminology.hl7.org/CodeSystem/v2-0065", code: "A" },
  ]);
  const [reflex] = requestsIn("OBR|1|P1^EPC||BMP^Panel|||||||G");
  expect(reflex).toMatchObject({ intent: "reflex-order" });
  expect(reflex?.orderDetail).toBeUndefined();
});

test("the test of the order that one belongs to stands beside its number, or alone", () => {
  const parent = (number: string) =>
    requestsIn(
      `OBR|1|P2^EPC||SUSC^Susceptibility${emptied(25)}${number}${emptied(21)}CULT^Culture^L`,
    );
  expect(parent("P1&EPC")[0]?.basedOn).toMatchObject([
    { type: "ServiceRequest", identifier: { value: "P1" }, display: "Culture (L CULT)" },
  ]);
  expect(parent("")[0]?.basedOn).toEqual([{ type: "ServiceRequest", display: "Culture (L CULT)" }]);
});

test("an order of a message about charges is kept by its number", () => {
  const message = messageOf(
    "DFT^P11",
    "ORC|RE|P1^EPC|F1^LAB||CM\rFT1|1|||20260115||CG|71045^Chest",
  );
  expect(resourcesOf(mapper.map(message, lakeshore).bundle, "ServiceRequest")).toMatchObject([
    { status: "completed", identifier: [{ value: "P1" }, { value: "F1" }] },
  ]);
});

test("who gets a copy of a result is told", () => {
  const report = `OBR|1||F1^LAB|BMP^Panel${emptied(21)}F|||1009^GABLE^ELOISE^^^^^^PROVID\rOBX|1|ST|A^A||x`;
  const provenances = resourcesOf(
    mapper.map(messageOf("ORU^R01", report), lakeshore).bundle,
    "Provenance",
  );
  const agents = provenances.flatMap(({ agent }) => agent);
  expect(agents.find(({ role }) => role?.[0]?.coding?.[0]?.code === "IRCP")?.who).toMatchObject({
    display: "ELOISE GABLE",
  });
});

test("when a result may be shown to the patient is a security label of it", () => {
  const [result] = resultsIn(`OBX|1|ST|A^A||x||||||F${emptied(15)}SWTH`);
  expect(result?.meta?.security).toEqual([
    { system: "http://terminology.hl7.org/CodeSystem/v2-0909", code: "SWTH", display: "Withhold" },
  ]);
});

test("a device is known by a universal id that is no URI as well", () => {
  const mapped = mapper.map(
    messageOf("ORU^R01", `${panel}OBX|1|ST|A^A||x||||||F${emptied(7)}E1^LAB~^^UI1^ISO`),
    lakeshore,
  );
  expect(resourcesOf(mapped.bundle, "Device")).toMatchObject([
    { identifier: [{ value: "E1" }, { system: "urn:trestle:lakeshore:device", value: "UI1" }] },
  ]);
});

test("the result that an order was made for gives a warning where the message has none such", () => {
  const culture = "OBR|1|P1^EPC|F1^LAB|CULT^Culture\rOBX|1|ST|ORG^Organism||Oak moss\r";
  const susceptibility = (cause: string) =>
    `OBR|2|P2^EPC|F2^LAB|SUSC^Susceptibility${emptied(22)}${cause}\rOBX|1|ST|AMP^Ampicillin||S`;
  const warned = (cause: string) =>
    mapper
      .map(messageOf("ORU^R01", culture + susceptibility(cause)), lakeshore)
      .warnings.filter(({ code }) => code === "mapping.parentResultNotFound");
  expect(warned("ORG&Organism")).toEqual([]);
  expect(warned("OTHER&Other")).toMatchObject([{ at: "OBR[1]-26" }]);
});

test("a number of a group of orders is kept with an article that is asked for", () => {
  const message = messageOf("ORM^O01", "ORC|NW|P1^EPC||G7^EPC\rRQD|1|23455^Splint\rBLG|||A9^^^ACC");
  const [request] = resourcesOf(mapper.map(message, lakeshore).bundle, "SupplyRequest");
  expect(request?.identifier?.map(({ value }) => value)).toEqual(["P1", "G7"]);
});

test("what a booking does with a service gives a warning where HL7 has no such action", () => {
  const actions = (code: string) =>
    mapper
      .map(
        messageOf("SIU^S12", `SCH||B1^EPC\rRGS|1\rAIS|1|${code}|ECHO^Echo|202601151030`),
        lakeshore,
      )
      .warnings.filter(({ code: kind }) => kind === "mapping.unknownAction");
  expect(actions("E")).toMatchObject([{ at: "AIS-2" }]);
  expect(["A", "D", "U", "X", ""].flatMap(actions)).toEqual([]);
});

test("a specimen that is told of again in other words gives a warning, and none where it says no more", () => {
  const specimen = (handling: string, ...more: readonly string[]) =>
    `SPM|1|S1^F1||BLD|||${handling}${more.map((each) => `\r${each}`).join("")}\r`;
  const warned = (again: string) =>
    warningsOf(
      "OML^O21",
      `ORC|NW|P1\rOBR|1|P1||A^A\r${specimen("LNA")}ORC|NW|P2\rOBR|1|P2||B^B\r${again}`,
    )
      .filter(({ code }) => code === "mapping.toldAgain")
      .map(({ at }) => at);
  expect(warned(specimen("VENIP"))).toEqual(["SPM[1]"]);
  expect(warned(specimen("LNA", "NTE|1||Shaken"))).toEqual(["SPM[1]"]);
  expect([...warned(specimen("LNA")), ...warned(specimen(""))]).toEqual([]);
});

test("an order without a number gives a warning where the message is about something else", () => {
  const warned = (type: string, order: string) =>
    warningsOf(type, order)
      .filter(({ code }) => code === "mapping.orderNotMapped")
      .map(({ at }) => at);
  expect(warned("ADT^A01", "ORC||||G2\rOBR||||BMP")).toEqual(["ORC", "OBR"]);
  expect(warned("ADT^A01", "ORC||P1||G2\rOBR||||BMP")).toEqual([]);
  expect(warned("ORM^O01", "ORC||||G2\rOBR||||BMP")).toEqual([]);
});

test("an order that ORC and OBR name by different numbers gives a warning", () => {
  const warned = (request: string) =>
    warningsOf("ORM^O01", `ORC|NW|P1^EPC|F1^LAB\rOBR|1|${request}|BMP^Panel`)
      .filter(({ code }) => code === "mapping.orderNumbersDiffer")
      .map(({ at }) => at);
  expect(warned("P2^EPC|F2^LAB")).toEqual(["OBR-2", "OBR-3"]);
  expect([...warned("P1^EPC|F1"), ...warned("|")]).toEqual([]);
});

test("orders of two groups that have no number of their own are two", () => {
  const order = (group: string) => `ORC|NW|||${group}^EPC\rOBR|1|||BMP^Panel||20260115\r`;
  expect(requestsIn(order("G1") + order("G2"))).toHaveLength(2);
  expect(requestsIn(order("G1") + order("G1"))).toHaveLength(1);
});

test("a diagnosis that is told of for admission and again in the end gives no warning", () => {
  const diagnosis = (fields: string) => `DG1|1||I10^Hypertension^I10|${fields}\r`;
  const warned = (again: string) =>
    warningsOf("ADT^A01", `PV1|1|I\r${diagnosis("||A|")}${again}`)
      .filter(({ code }) => code === "mapping.toldAgain")
      .map(({ at }) => at);
  expect(warned(diagnosis("||F|"))).toEqual([]);
  expect(warned(diagnosis("|20180501|F|"))).toEqual(["DG1[1]"]);
});

test("an account of two patients is that of both", () => {
  const account = "|||||||||||||A77^^^ACC";
  const second = `PID|1||900002^^^TH^MR||BEAM^BO${account}\r`;
  const message = read(
    `MSH|^~\\&||TH|TRESTLE|TRESTLE|20260115103015||ADT^A40|4711|T|2.8\rPID|1||900001^^^TH^MR||BEAM^ADA${account}\rMRG|900009^^^TH^MR\r${second}MRG|900008^^^TH^MR\r`,
  );
  const [one, ...others] = resourcesOf(mapper.map(message, lakeshore).bundle, "Account");
  expect(others).toEqual([]);
  expect(one?.subject).toHaveLength(2);
});

test("a laboratory of two addresses has both", () => {
  const result = (code: string, address: string) =>
    `OBX|1|NM|${code}^^L||7||||||F${emptied(12)}LAB^^^^^CLIA^XX^^^05D|${address}\r`;
  const results =
    result("GLU", "1 Main St") + result("HGB", "2 Pier Rd") + result("WBC", "1 Main St");
  const { bundle } = mapper.map(messageOf("ORU^R01", panel + results), lakeshore);
  const laboratory = resourcesOf(bundle, "Organization").find(({ name }) => name === "LAB");
  expect(laboratory?.address?.map(({ line }) => line?.[0])).toEqual(["1 Main St", "2 Pier Rd"]);
});

test("a part of a drug whose kind is a word that every object knows is mapped like any other", () => {
  const order = (kind: string) => `ORC|NW|P1^EPC\rRXO|5640^A^ERX\rRXC|${kind}|77^Salt^ERX|1|mg`;
  const ingredients = (kind: string) =>
    resourcesOf(
      mapper.map(messageOf("OMP^O09", order(kind)), lakeshore).bundle,
      "Medication",
    ).flatMap(({ ingredient = [] }) => ingredient);
  expect(ingredients("B")).toMatchObject([{ isActive: false }]);
  expect(ingredients("constructor").map(({ isActive }) => isActive)).toEqual([undefined]);
});

function requestsIn(segments: string) {
  return resourcesOf(
    mapper.map(messageOf("ORM^O01", segments), lakeshore).bundle,
    "ServiceRequest",
  );
}

function resultsIn(segments: string) {
  return resourcesOf(
    mapper.map(messageOf("ORU^R01", panel + segments), lakeshore).bundle,
    "Observation",
  );
}

function warningsOf(type: string, segments: string) {
  return mapper.map(messageOf(type, segments), lakeshore).warnings;
}

function messageOf(type: string, segments: string) {
  return read(
    [
      `MSH|^~\\&||TH|TRESTLE|TRESTLE|20260115103015||${type}|4711|T|2.8`,
      "PID|1||900001^^^TH^MR||BEAM^ADA",
      segments,
      "",
    ].join("\r"),
  );
}

/** This many fields on. */
function emptied(count: number): string {
  return "|".repeat(count);
}

const panel = "OBR|1||F1^LAB|BMP^Panel\r";
