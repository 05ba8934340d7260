/** A registration update of about 1.4 KB about an invented patient of that number. */
export function admission(patient: number): string {
  return [
    `MSH|^~\\&|HIS|LKS|HUB|LKS|20260115103015|39248|ADT^A08^ADT_A01|5${patient}|T|2.5.1`,
    "EVN|A08|20260115103015||REG_UPDATE|39248^GIRDER^KIM^^^^^^LKS^^^^^10101",
    `PID|1||E${patient}^^^EPI^EPI~9${patient}^^^LKS^MR||LANTERN^IRIS^TEST^^^^L||19800115|F||WHITE|1 TEST ST^^MADISON^WI^53703^USA^P^^DANE|DANE|(555)555-0100^P^PH^^^555^5550100~^NET^Internet^i@example.com||ENGLISH|MARRIED||70000001||||NOT HISPANIC||||||||N`,
    "PD1|||TEST CLINIC^^10101|1001^STRUT^OLA^M^^^^^PROVID",
    "ROL|1|UP|PP|1001^STRUT^OLA^M^^^^^PROVID^^^^PROVID~1999999984^STRUT^OLA^M^^^^^NPI^^^^NPI|20200101",
    "NK1|1|LANTERN^BO|Spouse||(555)555-0101^^PH^^^555^5550101||Emergency Contact 1",
    `PV1|1|O|TCLIN^^^LKS^^^^^TEST CLINIC^^10101||||1001^STRUT^OLA^M^^^^^PROVID^^^^PROVID~1999999984^STRUT^OLA^M^^^^^NPI^^^^NPI|||Internal Me||||||||O|7${patient}|||||||||||||||||||||||||20260115090000||||||7${patient}`,
    "PV2||||||||||||Office Visit",
    "AL1|1|DRUG INGREDI|1234^PENICILLINS||Hives",
    `GT1|1|8${patient}|LANTERN^IRIS^TEST||1 TEST ST^^MADISON^WI^53703^USA|(555)555-0100^P^PH^^^555^5550100||19800115|F|P/F|SLF`,
    "IN1|1|100100^TEST PLAN|1001|TEST PAYER|PO BOX 1^^MADISON^WI^53703||||GRP1|||20200101|||PPO|LANTERN^IRIS^TEST|SELF",
    `NK1|2|LANTERN^ADA^TEST^^^^L|Child|1 TEST ST^^MADISON^WI^53703^USA^P^^DANE|(555)555-0102^P^PH^^^555^5550102||Emergency Contact 2|20200101|||||||F|20050101`,
    "DG1|1|I10|E11.9^Type 2 diabetes mellitus without complications^I10|Type 2 diabetes|20260115|A",
    "ZPD||PORTAL||ACTIVATED",
    "",
  ].join("\r");
}

/** A result with that many invented values about a patient of that number. */
export function result(patient: number, values: number): string {
  const [, , , , ...rest] = admission(patient).split("\r");
  const lines = [
    `MSH|^~\\&|LAB|LKS|HUB|LKS|20260115150000||ORU^R01^ORU_R01|6${patient}|T|2.5.1`,
    `PID|1||9${patient}^^^LKS^MR||LANTERN^IRIS^TEST^^^^L||19800115|F|||1 TEST ST^^MADISON^WI^53703`,
    rest.find((line) => line.startsWith("PV1")) ?? "",
    `ORC|RE|3${patient}^HIS|4${patient}^LAB|||||||||1001^STRUT^OLA^M^^^^^PROVID`,
    `OBR|1|3${patient}^HIS|4${patient}^LAB|24323-8^COMPREHENSIVE PANEL^LN|||20260115143000|||||||||1001^STRUT^OLA^M^^^^^PROVID||||||20260115150000|||F`,
  ];
  for (let index = 0; index < values; index += 1) {
    lines.push(
      `OBX|${index + 1}|NM|${2000 + index}-4^ANALYTE ${index}^LN||${index}.10|mg/dL|4.0-5.6|H|||F|||20260115145900||1001^STRUT^OLA^M^^^^^PROVID`,
    );
  }
  return `${lines.join("\r")}\r`;
}
