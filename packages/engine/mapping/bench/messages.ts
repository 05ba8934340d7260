/** A registration update of about 1.4 KB about an invented patient of that number. */
export function admission(patient: number): string {
  return [
    `MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260115103015|39248|ADT^A08^ADT_A01|5${patient}|T|2.5.1`,
    "EVN|A08|20260115103015||REG_UPDATE|39248^GIRDER^KIM^^^^^^LKS^^^^^10101",
    `PID|1||E${patient}^^^EPI^EPI~9${patient}^^^LKS^MR||LANTERN^IRIS^TEST^^^^L||19800115|F||WHITE|1 TEST ST^^MADISON^WI^53703^USA^P^^DANE|DANE|(555)555-0100^P^PH^^^555^5550100~^NET^Internet^i@example.com||ENGLISH|MARRIED||70000001||||NOT HISPANIC||||||||N`,
    "PD1|||TEST CLINIC^^10101|1001^STRUT^OLA^M^^^^^PROVID",
    "ROL|1|UP|PP|1001^STRUT^OLA^M^^^^^PROVID^^^^PROVID~1999999984^STRUT^OLA^M^^^^^NPI^^^^NPI|20200101||||||||1 TEST ST^^MADISON^WI^53703|(555)555-0199",
    "NK1|1|LANTERN^BO|Spouse||(555)555-0101^^PH^^^555^5550101||Emergency Contact 1",
    "NK1|2|LANTERN^CY|Parent||(555)555-0102^^PH^^^555^5550102||Emergency Contact 2",
    `PV1|1|O|TCLIN^^^LKS^^^^^TEST CLINIC^^10101||||1001^STRUT^OLA^M^^^^^PROVID^^^^PROVID~1999999984^STRUT^OLA^M^^^^^NPI^^^^NPI|||Internal Me||||||||O|7${patient}|||||||||||||||||||||||||20260115090000||||||7${patient}`,
    "PV2|||R51^Headache^I10|||||202601150900|202601151000||Follow-up of an earlier visit|Office Visit|||||||||N||||3",
    "AL1|1|DRUG INGREDI|1234^PENICILLINS||Hives",
    "AL1|2|FOOD|1235^PEANUTS||Swelling",
    `GT1|1|8${patient}|LANTERN^IRIS^TEST||1 TEST ST^^MADISON^WI^53703^USA^P|(555)555-0100^^PH^^^555^5550100|||||SLF`,
    "IN1|1|100100^TEST PLAN|1001|TEST PAYER|PO BOX 1^^MADISON^WI^53703|||G100^TEST GROUP|||||20250101|20261231|||LANTERN^IRIS^TEST|SLF|19800115",
    "ZPD||PORTAL||ACTIVATED",
    "",
  ].join("\r");
}

/** A panel of twenty values about an invented patient of that number. */
export function result(patient: number): string {
  const values = Array.from(
    { length: 20 },
    (_, index) =>
      `OBX|${index + 1}|NM|${2000 + index}-4^ANALYTE ${index}^LN||${index}.10|mg/dL|4.0-5.6|H|||F|||20260115145900||1001^STRUT^OLA^M^^^^^PROVID`,
  );
  return [
    `MSH|^~\\&|LAB|LKS|TRESTLE|TRESTLE|20260115150000||ORU^R01|R${patient}|T|2.5.1`,
    `PID|1||9${patient}^^^LKS^MR||LANTERN^IRIS^TEST||19800115|F`,
    `ORC|RE|16${patient}^HIS|F5${patient}^LAB||CM`,
    `OBR|1|16${patient}^HIS|F5${patient}^LAB|LAB294^METABOLIC PANEL|||20260115120000|||||||||||||||20260115145900||Lab|F`,
    ...values,
    "",
  ].join("\r");
}
