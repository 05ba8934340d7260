import { reveal } from "@trestle/base";
import { describe, expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";

const mapper = createMapper();

describe("a dose", () => {
  test("that has CDC's 9999 for a number is that of its patient alone", () => {
    for (const filler of ["9999", "9999^CDC"]) {
      const [ada] = idsOf("Immunization", dose({ patient: "900001", filler }));
      const [eve] = idsOf("Immunization", dose({ patient: "900002", filler }));
      expect(ada).toBeDefined();
      expect(ada).not.toBe(eve);
    }
  });

  test("has no identifier 9999, and what was observed with it is its patient's too", () => {
    const below = "OBX|1|CE|30945-0^Contraindication^LN|1|VXC30^Allergy^CDCPHINVS||||||F\r";
    const [ada, eve] = ["900001", "900002"].map((patient) =>
      dose({ patient, filler: "9999", below }),
    );
    expect(resourcesOf("Immunization", ada ?? "")[0]).not.toHaveProperty("identifier");
    expect(idsOf("Observation", ada ?? "")).toHaveLength(1);
    expect(idsOf("Observation", ada ?? "")).not.toEqual(idsOf("Observation", eve ?? ""));
  });

  test("of which the vaccine was corrected keeps its id", () => {
    const given = dose({ filler: "IZ-1^LKS", vaccine: "140^Influenza^CVX" });
    const corrected = dose({ filler: "IZ-1^LKS", vaccine: "141^Influenza^CVX" });
    expect(idsOf("Immunization", given)).toEqual(idsOf("Immunization", corrected));
  });

  test("under one number that is written in two ways is told from the other by its vaccine", () => {
    const one = given({ filler: "IZ-2^LKS", vaccine: "140^Influenza^CVX" });
    const other = given({ filler: "IZ-2^LKS^", vaccine: "03^MMR^CVX" });
    const text = header("VXU^V04") + patientOf("900001") + one + other;
    const same = text.replace("IZ-2^LKS^", "IZ-2^LKS");
    expect(new Set(idsOf("Immunization", text)).size).toBe(2);
    expect(idsOf("Immunization", text)).toEqual(idsOf("Immunization", same));
  });

  test.each([{ filler: "IZ-2^LKS" }, { placer: "RX-2^EPC" }])(
    "of two under one number is not changed when the other alone is deleted",
    (number) => {
      const vaccines = ["140^Influenza^CVX", "03^MMR^CVX"] as const;
      const [flu, mmr] = vaccines.map((vaccine) => given({ ...number, vaccine }));
      const both = (...doses: readonly (string | undefined)[]) =>
        header("VXU^V04") + patientOf("900001") + doses.join("");
      const ids = idsOf("Immunization", both(flu, mmr));
      expect(new Set(ids).size).toBe(2);
      expect(idsOf("Immunization", both(mmr, flu))).toEqual(ids.toReversed());
      const { warnings } = mapper.map(read(both(flu, mmr)), lakeshore);
      expect(warnings.map(({ code }) => code)).toEqual(["mapping.sharedNumber"]);
      const [deleted] = resourcesOf("Immunization", both(mmr?.replace("CP|A", "CP|D")));
      expect(deleted).toMatchObject({ status: "entered-in-error" });
      expect(ids).not.toContain(deleted?.id);
    },
  );

  test("under an order that asks for several is told from the others by its day", () => {
    const days = ["20260115", "20260315"].map((day) => dose({ placer: "RX-1^EPC", day }));
    expect(new Set(days.flatMap((text) => idsOf("Immunization", text))).size).toBe(2);
  });
});

test("an accession number 9999 of a laboratory is a number like any other", () => {
  const result =
    "ORC|RE|1^EPC|9999^LAB\rOBR|1|1^EPC|9999^LAB|GLU^Glucose^L|||20260115||||||||||||||||||F\r";
  const [report] = resourcesOf(
    "DiagnosticReport",
    header("ORU^R01") + patientOf("900001") + result,
  );
  expect(JSON.stringify(report)).toContain('"value":"9999"');
});

describe("a device with a serial number", () => {
  test("is not that of another patient, another type, or one with that number as its identifier", () => {
    const devices = [
      device("900001", { serial: "77", type: "PUMP" }),
      device("900002", { serial: "77", type: "PUMP" }),
      device("900001", { serial: "77", type: "STENT" }),
      device("900001", { udi: "77" }),
      device("900001", { udi: "77^GS1" }),
      device("900001", { donation: "77" }),
    ];
    const ids = devices.flatMap((text) => idsOf("Device", text));
    expect(new Set(ids).size).toBe(devices.length);
  });

  test("is the same in the next message", () => {
    const [once, again] = [1, 2].map(() => idsOf("Device", device("900001", { serial: "77" })));
    expect(once).toEqual(again);
    expect(once).toHaveLength(1);
  });
});

describe("a device that is known by what its maker calls the model", () => {
  const model = "(01)00844588003288";
  const implants = [
    device("900001", { udi: model }),
    device("900002", { udi: model }),
    device("900001", { udi: model, lot: "L1" }),
    device("900001", { udi: model, lot: "L2" }),
    device("900001", { udi: model, serial: "L1" }),
    device("900001", { udi: model, serial: "S2", lot: "L1" }),
    device("900001", { number: model }),
    device("900002", { number: model }),
    device("900001", { udi: `${model}(21)S7` }),
  ];

  test("is not that of another patient, another lot or another serial number", () => {
    const ids = implants.flatMap((text) => idsOf("Device", text));
    expect(new Set(ids).size).toBe(implants.length);
  });

  test("is the same in the next message", () => {
    for (const text of implants) expect(idsOf("Device", text)).toEqual(idsOf("Device", text));
  });

  test("is the same at every patient where its serial number is told", () => {
    const serials = [
      { udi: `${model}(17)300101(10)L1(21)S7` },
      { udi: "+H123PUMP60/$$+3300101S7" },
      { udi: "+H123PUMP60/$$3300101L1/SS7" },
      { udi: "=/A9999XYZ100T0944=,000025=A99971312345600" },
      { udi: model, serial: "S7" },
      { number: `${model}(21)S7` },
    ];
    for (const told of serials) {
      const [ada, eve] = ["900001", "900002"].map((patient) => device(patient, told));
      expect(idsOf("Device", ada ?? "")).toEqual(idsOf("Device", eve ?? ""));
    }
  });
});

function device(
  patient: string,
  {
    number = "",
    serial = "",
    type = "",
    udi = "",
    lot = "",
    donation = "",
  }: Partial<Record<string, string>>,
): string {
  const beside = [udi, "", "", lot, serial, donation, type].join("|");
  const part = `PRT||AD||EQUIP^Equipment^HL70912||||||${number}||||||${beside}\r`;
  return `${header("ADT^A08")}${patientOf(patient)}${part}`;
}

describe("two tests that were ordered under one number", () => {
  const order = "ORC|NW|RX-9^EPC\r";
  const request = (test: string) => `OBR|1|RX-9^EPC||${test}^Test^L\r`;
  const tests = (...codes: readonly string[]) =>
    `${header("OML^O21")}${patientOf("900001")}${order}${codes.map(request).join("")}`;
  const [hiv, usr] = idsOf("ServiceRequest", tests("HIV", "USR"));

  test("are two orders, and each is the same again, in whatever order they stand", () => {
    expect(usr).toBeDefined();
    expect(usr).not.toBe(hiv);
    expect(idsOf("ServiceRequest", tests("HIV", "USR", "HIV"))).toEqual([hiv, usr]);
    expect(idsOf("ServiceRequest", tests("USR", "HIV"))).toEqual([usr, hiv]);
  });

  test("are the same where the number is written in another way", () => {
    const [, header = "", rest = ""] = /^(.*?)(OBR\|.*)$/su.exec(tests("HIV", "USR")) ?? [];
    const second = rest.lastIndexOf("RX-9^EPC");
    for (const number of ["RX-9^EPC^", "RX-9^EPC&"]) {
      const text = `${header}${rest.slice(0, second)}${number}${rest.slice(second + 8)}`;
      expect(idsOf("ServiceRequest", text)).toEqual([hiv, usr]);
    }
  });

  test("are neither changed by a message that cancels one of them alone, or tells its result", () => {
    const cancelled = tests("USR").replace("ORC|NW", "ORC|CA");
    const result = tests("USR").replace("OML^O21", "ORU^R01");
    for (const text of [cancelled, result]) {
      const ids = idsOf("ServiceRequest", text);
      expect(ids).toHaveLength(1);
      expect([hiv, usr]).not.toContain(ids[0]);
    }
  });

  test("give a warning", () => {
    const codesOf = (text: string) =>
      mapper.map(read(text), lakeshore).warnings.map(({ code, at }) => `${code} ${at ?? ""}`);
    expect(codesOf(tests("HIV", "USR"))).toEqual(["mapping.sharedNumber ORC"]);
    expect(codesOf(tests("HIV", "HIV"))).toEqual([]);
  });
});

test("an order that has only the number of who fills it is the same beside another", () => {
  const request = (number: string) =>
    `ORC|SN||${number}^LAB\rOBR|1||${number}^LAB|${number}^Test^L\r`;
  const orders = (...numbers: readonly string[]) =>
    idsOf(
      "ServiceRequest",
      header("ORM^O01") + patientOf("900001") + numbers.map(request).join(""),
    );
  const [one, two] = orders("F1", "F2");
  expect([...orders("F1"), ...orders("F2")]).toEqual([one, two]);
});

interface Dose {
  readonly patient?: string;
  readonly placer?: string;
  readonly filler?: string;
  readonly vaccine?: string;
  readonly day?: string;
  readonly below?: string;
}

function dose({ patient = "900001", below = "", ...rest }: Dose): string {
  return header("VXU^V04") + patientOf(patient) + given(rest) + below;
}

function given({
  placer = "",
  filler = "",
  vaccine = "140^Influenza^CVX",
  day = "20260115",
}: Omit<Dose, "patient" | "below">): string {
  const order = `ORC|RE|${placer}|${filler}\r`;
  return `${order}RXA|0|1|${day}||${vaccine}|0.5|mL||00^New^NIP001|||||||||||CP|A\r`;
}

function header(type: string): string {
  return `MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260115103015||${type}|4711|T|2.5.1\r`;
}

function patientOf(number: string): string {
  return `PID|1||${number}^^^LKS^MR||BEAM^ADA\r`;
}

function idsOf(type: string, text: string): readonly (string | undefined)[] {
  return resourcesOf(type, text).map(({ id }) => id);
}

function resourcesOf(type: string, text: string) {
  const { bundle } = mapper.map(read(text), lakeshore);
  const resources = (reveal(bundle).entry ?? []).flatMap(({ resource }) => resource ?? []);
  return resources.filter(({ resourceType }) => resourceType === type);
}
