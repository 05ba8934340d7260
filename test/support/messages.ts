/** An invented admission of 1.4 KB in the shape that hospitals send. */
export function admission(options: { controlId: string; patient: number; given?: string }): string {
  const { controlId, patient, given = "ADA" } = options;
  const provider = "1001^STRUT^OLA^M^^^^^PROVID^^^^PROVID~1999999984^STRUT^OLA^M^^^^^NPI^^^^NPI";
  return [
    `MSH|^~\\&|EHR|HH|TRESTLE|TRESTLE|20260115103015|39248|ADT^A08^ADT_A01|${controlId}|T|2.5.1`,
    "EVN|A08|20260115103015||REG_UPDATE|39248^GIRDER^KIM^^^^^^HH^^^^^10101",
    `PID|1||E${patient}^^^EPI^EPI~${patient}^^^HH^MR||BEAM^${given}^TEST^^^^L||19800115|F||WHITE|1 TEST ST^^MADISON^WI^53703^USA^P^^DANE|DANE|(555)555-0100^P^PH^^^555^5550100~^NET^Internet^a@example.com||ENGLISH|MARRIED||7${patient}||||NOT HISPANIC||||||||N`,
    "PD1|||TEST CLINIC^^10101|1001^STRUT^OLA^M^^^^^PROVID",
    `ROL|1|UP|PP|${provider}|20200101`,
    "NK1|1|BEAM^BO|Spouse||(555)555-0101^^PH^^^555^5550101||Emergency Contact 1",
    `PV1|1|O|TCLIN^^^HH^^^^^TEST CLINIC^^10101||||${provider}|||Internal Me||||||||O|7${patient}|||||||||||||||||||||||||20260115090000||||||7${patient}`,
    "PV2||||||||||||Office Visit",
    "AL1|1|DRUG INGREDI|1234^PENICILLINS||Hives",
    `GT1|1|800001|BEAM^${given}^TEST`,
    "IN1|1|100100^TEST PLAN|1001|TEST PAYER",
    "ZPD||MYCH||ACTIVATED",
    "",
  ].join("\r");
}

/** An invented laboratory result with one hemoglobin. */
export function result(controlId: string): string {
  return [
    `MSH|^~\\&|LAB|HH|TRESTLE|TRESTLE|20260115103015||ORU^R01^ORU_R01|${controlId}|T|2.5.1`,
    "PID|1||E900001^^^EPI^EPI||BEAM^ADA^TEST^^^^L||19800115|F",
    "OBR|1||F1|CBC^Blood count|||20260115090000|||||||||||||||20260115101500|||F",
    "OBX|1|NM|HGB^Hemoglobin||13.5|g/dL|12-16|N|||F|||20260115090000",
    "",
  ].join("\r");
}
