import { ProbeMessage } from "./probe-message.ts";

/**
 * The smallest messages in which the families of the product give their resources. A field is
 * tried in every host that has its segment; all of it is invented.
 */
export function hostsOf(segment: string): readonly ProbeMessage[] {
  return hosts.filter((host) => host.has(segment));
}

const pid = "PID|1||900001^^^TH^MR||BEAM^ADA";
const pv1 = "PV1|1|I|||||||||||||||||900077^^^TH^VN";
const evn = "EVN||20260115103015";
const obx = "OBX|1|ST|718-7^Test^LN||Text||||||F";
const obr = "OBR|1|P1^TH|F1^TH|24323-8^Panel^LN|||20260115090000";
const orc = "ORC|NW|P1^TH|F1^TH";
/** Who entered the order, who gave it, and for which facility. */
const toldOrc =
  "ORC|NW|P1^TH|F1^TH|||||||900008^DAY^ANN^^^^^^TH||900005^ROWE^CAL^^^^^^TH|||||||||" +
  "Clinic^L^^^^TH^XX^^^770033";
const eve = "900010^BEAM^EVE^^^^^^TH";
const contacts = [
  "^BPN^BP^^1^312^5550171",
  "^PRS^CP^^1^312^5550172",
  "^NET^Internet^eve@example.org",
  "^WPN^FX^^1^312^5550173",
  "^PRN^PH^^1^312^5550174",
  "^WPN^PH^^1^312^5550175",
].join("~");
const rxr = "RXR|PO^Oral^HL70162";
const tq1 = "TQ1|1";

const hosts: readonly ProbeMessage[] = [
  host("ADT^A01^ADT_A01", [
    evn,
    pid,
    "PD1|",
    "ROL|770^TH|AD|AT^Attending^HL70443|900005^ROWE^CAL^^^^^^TH",
    "NK1|1|BEAM^EVE|SPO^Spouse^HL70063",
    pv1,
    "PV2|",
    obx,
    "AL1|1|DA|70618^Penicillin^RXNORM",
    "DG1|1||I10^Hypertension^I10||20260101|A",
    "PR1|1||44950^Appendectomy^C4||20260114090000",
    "IN1|1|PLAN7^Gold|INS7^^^TH|Insurer",
    "IN2|",
    "IN3|1",
  ]),
  host("ADT^A01^ADT_A01", [
    "SFT|Vendor^L|1.0|Product|Build",
    evn,
    pid,
    "PRT|770^TH|AD||PP^Primary^HL70443|900005^ROWE^CAL^^^^^^TH",
    pv1,
  ]),
  host("ADT^A01^ADT_A01", [
    evn,
    pid,
    "ROL|770^TH|AD|PP^Primary^HL70443|900005^ROWE^CAL^^^^^^TH",
    pv1,
    "ROL|770^TH|AD|AT^Attending^HL70443|900006^ROWE^CAL^^^^^^TH",
  ]),
  host("ADT^A01^ADT_A01", [
    evn,
    pid,
    pv1,
    "PRT|770^TH|AD||AT^Attending^HL70443|900005^ROWE^CAL^^^^^^TH",
  ]),
  host("ORU^R01^ORU_R01", [
    pid,
    "PRT|770^TH|AD||FAM^Family^HL70912|900005^ROWE^CAL^^^^^^TH",
    orc,
    obr,
    obx,
  ]),
  host("ADT^A01^ADT_A01", [
    evn,
    `${pid}${"|".repeat(13)}A1^^^TH^AN${"|".repeat(15)}20260110|TH`,
    "PD1|||||||Y",
    "NK1|1|BEAM^EVE|EMR^Employer^HL70131||||||||||Acme^L^7700^^^TH",
    `${pv1}${"|".repeat(24)}W6^R6^B6^TH${"|".repeat(11)}770077^^^TH`,
    "DG1|1||I10^Hypertension^I10||20260101|A",
  ]),
  host("ADT^A31^ADT_A05", [
    evn,
    pid,
    "PRT|770^TH|AD||OT^Other^HL70443|900005^ROWE^CAL^^^^^^TH|||Clinic^L^7701^^^TH||||||" +
      "|^PRN^PH^^^312^5550177~^PRN^CP^^^312^5550178~^WPN^PH^^^312^5550179~^WPN^FX^^^312^5550180" +
      "~^WPN^BP^^^312^5550181~^NET^Internet^ann@example.org",
  ]),
  host("ADT^A31^ADT_A05", [evn, pid, "PRT||AD||OT^Other^HL70443||||Clinic^L^7701^^^TH"]),
  host("ADT^A31^ADT_A05", [evn, pid, "PRT||AD||PP^Primary^HL70443|900005^ROWE^CAL^^^^^^TH"]),
  host("ADT^A01^ADT_A01", [
    evn,
    pid,
    pv1,
    "PRT|770^TH|AD||AT^Attending^HL70443|900005^ROWE^CAL^^^^^^TH||||||||||" +
      "^PRN^PH^^^312^5550177~^PRN^CP^^^312^5550178~^WPN^PH^^^312^5550179~^WPN^FX^^^312^5550180" +
      "~^WPN^BP^^^312^5550181~^NET^Internet^ann@example.org",
  ]),
  host("ADT^A01^ADT_A01", [
    evn,
    pid,
    pv1,
    "ROL|770^TH|AD|AT^Attending^HL70443|900006^ROWE^CAL^^^^^^TH",
  ]),
  host("ADT^A31^ADT_A05", [evn, pid, "ROL||AD|OT^Other^HL70443||||||||||Clinic^L^7701^^^TH"]),
  host("ADT^A31^ADT_A05", [
    evn,
    pid,
    "IAM|1|DA|70618^Penicillin^RXNORM||Hives|A||||||||BEAM^EVE|SPO^Spouse^HL70063",
  ]),
  host("ADT^A44^ADT_A43", [
    evn,
    `${pid}${"|".repeat(13)}A1^^^TH^AN`,
    "MRG|900009^^^TH^MR||A9^^^TH^AN",
  ]),
  host("SIU^S12^SIU_S12", [
    "SCH|A1^TH|B1^TH|||||||||^^^20260301090000",
    pid,
    "RGS|1|A",
    "AIG|1|A|900005^ROWE, CAL|MD|||||5|min|30|min",
    "AIL|1|A|W7^R7^B7^TH||||5|min|30|min",
    "AIP|1|A|900005^ROWE^CAL^^^^^^TH|D^Doctor|||5|min|30|min",
  ]),
  host("SIU^S12^SIU_S12", [
    "SCH|A1^TH|B1^TH|||||||||^^^20260301090000",
    pid,
    "RGS|1|A",
    "AIG|1|A||L",
  ]),
  host("SIU^S12^SIU_S12", [
    "SCH|A1^TH|B1^TH|||||||||^^^20260301090000",
    "PID|1||||BEAM^ADA",
    "RGS|1|A",
  ]),
  host("MDM^T01^MDM_T01", [evn, pid, pv1, "TXA|1|PN^Progress note||20260115103015||||||||770^TH"]),
  host("MDM^T09^MDM_T01", [
    evn,
    pid,
    pv1,
    "TXA|1|PN^Progress note|TX|20260115103015||||20260115104015|900005^ROWE^CAL^^^^^^TH|||770^TH" +
      "|||||AU||||Correction||900006^ROWE^EVA^^^^^^TH",
  ]),
  host("ADT^A04^ADT_A01", [evn, pid, "PV1|1|O|||||||||||||||||900077^^^TH^VN"]),
  host("ADT^A08^ADT_A01", [evn, pid, pv1]),
  host("ADT^A03^ADT_A03", [evn, pid, pv1]),
  host("ADT^A05^ADT_A05", [evn, pid, "PV1|1|P|||||||||||||||||900077^^^TH^VN", "PV2|"]),
  host("ADT^A31^ADT_A05", [evn, pid, "PD1|", "IAM|1|DA|70618^Penicillin^RXNORM||Hives|A"]),
  host("ADT^A31^ADT_A05", [evn, pid, "AL1|1|DA|70618^Penicillin^RXNORM|SV|Hives"]),
  host("ADT^A60^ADT_A60", [evn, pid, pv1, "IAM|1|DA|70618^Penicillin^RXNORM||Hives|A"]),
  host("ADT^A40^ADT_A39", [evn, pid, "MRG|900009^^^TH^MR"]),
  host("ADT^A35^ADT_A30", [evn, pid, "MRG|900009^^^TH^MR"]),
  host("ORM^O01^ORM_O01", [
    pid,
    "PD1|",
    pv1,
    "IN1|1|PLAN7^Gold|INS7^^^TH|Insurer",
    "AL1|1|DA|70618^Penicillin^RXNORM",
    orc,
    obr,
    "NTE|1||Comment",
    "DG1|1||I10^Hypertension^I10",
    obx,
  ]),
  host("ORM^O01^ORM_O01", [pid, "NTE|1||Comment", pv1, orc, obr, obx, "NTE|1||Comment"]),
  host("ORM^O01^ORM_O01", [pid, pv1, toldOrc, obr]),
  host("OML^O21^OML_O21", [
    pid,
    pv1,
    toldOrc,
    "TQ1|1||Q6H^^^^6^H||||20260115090000",
    obr,
    "SPM|1|S1&TH^S2&TH||BLD^Blood^HL70487",
  ]),
  host("OML^O21^OML_O21", [pid, orc, "TQ1|1||^^^^6^H^^ACM", obr]),
  host("OML^O21^OML_O21", [
    pid,
    pv1,
    orc,
    tq1,
    obr,
    "NTE|1||Comment",
    obx,
    "SPM|1|S1&TH^S2&TH||BLD^Blood^HL70487",
  ]),
  host("ORU^R01^ORU_R01", [pid, pv1, orc, obr, obx]),
  host("ORU^R01^ORU_R01", [
    pid,
    `PRT|770^TH|AD||MTH^Mother^HL70063|${eve}||||||||||${contacts}`,
    orc,
  ]),
  host("ORU^R01^ORU_R01", [
    pid,
    orc,
    obr,
    obx,
    "PRT|770^TH|AD||EQUIP^Equipment^HL70912|||||W7^^^TH",
  ]),
  host("ADT^A08^ADT_A01", [
    evn,
    pid,
    pv1,
    `PRT|770^TH|AD||AT^Attending^HL70443|900005^ROWE^CAL^^^^^^TH|||Unit^L^^^^TH^XX^^^770035|||||||${contacts}`,
  ]),
  host("ORU^R01^ORU_R01", [pid, orc, obr, `${obx}||||||||||||Lab^L^^^^TH^XX^^^770034`]),
  host("ORU^R01^ORU_R01", [
    pid,
    pv1,
    orc,
    `${obr}||||||||||||||||||F`,
    obx,
    "NTE|1||Comment",
    "SPM|1|S1&TH^S2&TH||BLD^Blood^HL70487",
  ]),
  host("ORU^R01^ORU_R01", [pid, pv1, obr, obx]),
  host("ORU^R01^ORU_R01", [
    "SFT|Vendor^L|1.0|Product|Build",
    pid,
    "PRT|770^TH|AD||PP^Primary^HL70443|900005^ROWE^CAL^^^^^^TH",
    pv1,
    orc,
    obr,
    tq1,
    obx,
    "PRT|770^TH|AD||RO^Observer^HL70912|900005^ROWE^CAL^^^^^^TH",
  ]),
  host("ORU^R01^ORU_R01", [
    pid,
    orc,
    obr,
    obx,
    "PRT|770^TH|AD||RO^Observer^HL70912|900005^ROWE^CAL^^^^^^TH",
  ]),
  host("ORU^R01^ORU_R01", [pid, orc, obr, "OBX|1|NM|8867-4^Heart rate^LN||72|/min|||||F"]),
  host("SIU^S12^SIU_S12", [
    "SCH|A1^TH|B1^TH|||||Checkup|||||^^^20260301090000^20260301093000",
    "NTE|1||Comment",
    pid,
    pv1,
    "RGS|1|A",
    "AIS|1|A|SVC^Service^L|20260301090000|||30|min",
    "NTE|1||Comment",
    "AIG|1|A|900005^ROWE, CAL|MD|||",
    "AIL|1|A|W7^R7^B7^TH",
    "AIP|1|A|900005^ROWE^CAL^^^^^^TH|D^Doctor",
  ]),
  host("SIU^S12^SIU_S12", ["SCH|A1^TH|B1^TH", pid, "RGS|1|A", "AIS|1|A|SVC^Service^L"]),
  host("SIU^S12^SIU_S12", ["SCH|A1^TH|B1^TH", pid, "RGS|1|A", "AIG|1|A|900005^ROWE, CAL|MD"]),
  host("SIU^S12^SIU_S12", ["SCH|A1^TH|B1^TH", pid, "RGS|1|A", "AIL|1|A|W7^R7^B7^TH"]),
  host("SIU^S12^SIU_S12", [
    "SCH|A1^TH|B1^TH",
    pid,
    "RGS|1|A",
    "AIP|1|A|900005^ROWE^CAL^^^^^^TH|D^Doctor",
  ]),
  host("SIU^S12^SIU_S12", [
    "SCH|A1^TH|B1^TH|||||||30|min|^^^20260301090000",
    "NTE|1||Comment",
    pid,
    "RGS|1|A",
  ]),
  host("SIU^S15^SIU_S12", ["SCH|A1^TH|B1^TH", pid, "RGS|1|A"]),
  host("SRM^S01^SRM_S01", [
    "ARQ|A1^TH|B1^TH",
    pid,
    "RGS|1|A",
    "AIS|1|A|SVC^Service^L|20260301090000|||30|min",
  ]),
  host("MDM^T02^MDM_T02", [
    evn,
    pid,
    pv1,
    "TXA|1|PN^Progress note|TX|20260115103015||||||||770^TH|||||AU",
    "OBX|1|TX|PN^Note^L||Text||||||F",
  ]),
  host("MDM^T02^MDM_T02", [
    evn,
    pid,
    pv1,
    orc,
    obr,
    "TXA|1|PN^Progress note|TX|20260115103015||||||||770^TH|||||AU",
    "NTE|1||Comment",
    "OBX|1|TX|PN^Note^L||Text||||||F",
  ]),
  host("VXU^V04^VXU_V04", [
    pid,
    "PD1|",
    "NK1|1|BEAM^EVE|MTH^Mother^HL70063",
    pv1,
    "ORC|RE|P1^TH|F1^TH",
    "RXA|0|1|20260115090000||207^Vaccine^CVX|0.5|mL^^UCUM||00^New^NIP001||W7^^^TH||||||||||CP|A",
    "RXR|IM^Intramuscular^HL70162",
    "OBX|1|CE|64994-7^Eligibility^LN|1|V01^^HL70064||||||F",
    "NTE|1||Comment",
  ]),
  host("RDE^O11^RDE_O11", [
    pid,
    pv1,
    orc,
    "RXE|^^^20260115^^R|313782^Acetaminophen^RXNORM|500||mg",
    tq1,
    rxr,
    "NTE|1||Comment",
  ]),
  host("OMP^O09^OMP_O09", [pid, pv1, orc, tq1, "RXO|313782^Acetaminophen^RXNORM|500||mg", rxr]),
  host("OMP^O09^OMP_O09", [
    pid,
    orc,
    "TQ1|1||^^^^6^H^^ACM||||20260115090000",
    "RXO|313782^Acetaminophen^RXNORM",
    rxr,
  ]),
  host("OMP^O09^OMP_O09", [pid, orc, tq1, "RXO|313782^Acetaminophen^RXNORM", rxr]),
  host("ORM^O01^ORM_O01", [
    pid,
    orc,
    "RXO|313782^Acetaminophen^RXNORM|500|1000|mg|TAB||||||30|TAB||||||500|mg||||||5|mL",
    rxr,
  ]),
  host("RDE^O11^RDE_O11", [
    pid,
    pv1,
    orc,
    "RXO|313782^Acetaminophen^RXNORM|500||mg",
    rxr,
    "RXE|^^^20260115^^R|313782^Acetaminophen^RXNORM|500||mg",
    tq1,
    rxr,
  ]),
  host("ORM^O01^ORM_O01", [pid, pv1, orc, tq1, "RXO|313782^Acetaminophen^RXNORM|500||mg", rxr]),
  host("RDS^O13^RDS_O13", [
    pid,
    pv1,
    orc,
    "RXD|1|313782^Acetaminophen^RXNORM|20260115090000|30",
    rxr,
  ]),
  host("RAS^O17^RAS_O17", [
    pid,
    pv1,
    orc,
    "RXA|0|1|20260115090000||313782^Acetaminophen^RXNORM|500|mg",
    rxr,
  ]),
  host("RAS^O17^RAS_O17", [
    pid,
    toldOrc,
    "RXA|0|1|20260115090000||313782^Acetaminophen^RXNORM|500|mg",
    rxr,
  ]),
  host("DFT^P03^DFT_P03", [
    evn,
    pid,
    pv1,
    "FT1|1|||20260115||CG|44950^Appendectomy^C4",
    "PR1|1||44950^Appendectomy^C4||20260114090000",
    "DG1|1||I10^Hypertension^I10",
    "IN1|1|PLAN7^Gold|INS7^^^TH|Insurer",
  ]),
  host("BAR^P01^BAR_P01", [
    evn,
    pid,
    pv1,
    "DG1|1||I10^Hypertension^I10",
    "PR1|1||44950^Appendectomy^C4||20260114090000",
    "IN1|1|PLAN7^Gold|INS7^^^TH|Insurer",
  ]),
  host("ORR^O02^ORR_O02", ["MSA|AA|4710", pid, orc, obr]),
];

function host(type: string, segments: readonly string[]): ProbeMessage {
  const header = `MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260115103015||${type}|4711|P|2.5.1`;
  return ProbeMessage.of([header, ...segments]);
}
