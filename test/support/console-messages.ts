interface Report {
  readonly controlId: string;
  /** Of the year 2025, from 1 to 12. */
  readonly month: number;
  /** Percent; the range is 4.0 to 5.6. */
  readonly hba1c: number;
}

/** The invented patient that the tests of the console look at. */
export const person = { family: "QUILLFEATHER", given: "ODALYS", number: "990077" };

/** An admission of that patient, as hospitals send it. */
export function admissionOf(controlId: string): string {
  return [
    header(controlId, "ADT^A01^ADT_A01", "202601120815"),
    "EVN|A01|20260112081500||ADMIT|39248^GIRDER^KIM^^^^^^TH^^^^^10101",
    identity,
    "NK1|1|QUILLFEATHER^BO|Spouse||(555)555-0101^^PH^^^555^5550101||Emergency Contact 1",
    "PV1|1|I|ICU^433^B^TH^^^^^INTENSIVE CARE^^10106|ER|||1007^GABLE^ELOISE^U^^^^^PROVID^^^^PROVID|||Med||||||||IP|79990077|||||||||||||||||||||||||20260112081500||||||79990077",
    "PV2||||||||||||Hospital Encounter",
    "AL1|1|DRUG INGREDI|1234^PENICILLINS||Hives",
    "DG1|1||E11.9^Type 2 diabetes mellitus without complications^I10|||Admit",
    "IN1|1|100100^HARBOR CHOICE PPO|1001|HARBOR MUTUAL||||||||||||||||||||||||||||||||M218611",
    "",
  ].join("\r");
}

/** A report with two values, of which one is above its range from 5.6 on. */
export function reportOf({ controlId, month, hba1c }: Report): string {
  const at = `2025${String(month).padStart(2, "0")}140930`;
  const flag = hba1c > 5.6 ? "H" : "";
  return [
    header(controlId, "ORU^R01", at),
    identity,
    "PV1|1|I|ICU^433^B^TH^^^^^INTENSIVE CARE^^10106|ER|||1007^GABLE^ELOISE^U^^^^^PROVID|||Med||||||||IP|79990077|||||||||||||||||||||||||20260112081500||||||79990077",
    `ORC|RE|${controlId}^EPC|F${controlId}^Beaker||CM`,
    `OBR|1|${controlId}^EPC|F${controlId}^Beaker|LAB90^HEMOGLOBIN A1C^IGEAP^^HEMOGLOBIN A1C|||${at}00|||||||||1007^GABLE^ELOISE^U^^^^^PROVID||||||${at}00||Lab|F`,
    `OBX|1|NM|4548-4^HEMOGLOBIN A1C^LN||${hba1c.toFixed(1)}|%|4.0-5.6|${flag}|||F|||${at}00`,
    `OBX|2|NM|2160-0^CREATININE^LN||0.9${controlId.at(-1) ?? ""}|mg/dL|0.6-1.3||||F|||${at}00`,
    "",
  ].join("\r");
}

function header(controlId: string, type: string, at: string): string {
  return `MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|${at}00|39248|${type}|${controlId}|T|2.5.1||||||UNICODE UTF-8`;
}

const identity = `PID|1||E${person.number}^^^EPI^EPI~${person.number}^^^TH^MR||${person.family}^${person.given}^T^^^^L||19800115|F||WHITE|1 TEST ST^^MADISON^WI^53703^USA^P^^DANE|DANE|(555)555-0100^P^PH^^^555^5550100||ENGLISH|MARRIED||79990077||||NOT HISPANIC||||||||N`;
