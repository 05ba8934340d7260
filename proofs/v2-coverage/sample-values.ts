/**
 * Invented values of each HL7 data type, in which every component is filled. A field of a coded type
 * is tried with several, since which codes mean something depends on the field.
 */
export function samplesOf(dataType: string): readonly string[] {
  return samples[dataType] ?? samples["ST"] ?? [];
}

/** Codes that mean something in one field, where no published table lists them. */
export function samplesAt(field: string): readonly string[] {
  return codesAt[field] ?? [];
}

const codesAt: Readonly<Record<string, readonly string[]>> = {
  "DG1-21": ["D"],
  "TXA-3": ["TX", "PDF"],
  "TXA-17": ["AU"],
  "TXA-19": ["AV", "OB"],
  "PV1-42": ["W77^R77^B77^FAC77"],
  "MSH-9": ["ADT^A03^ADT_A03"],
  "IAM-17": ["C^Confirmed^HL70438"],
  "AIP-12": ["Confirmed"],
  "OBX-10": ["A"],
  "OBX-30": ["S", "G"],
  "OBR-13": ["F^Fasting^HL70916"],
  "TQ1-3": ["^DW^1^3^6^H^^ACM^15^min", "Q6H^^^^6^H"],
  "TQ1-5": ["30^min"],
  "TQ1-6": ["10^D"],
  "TQ1-13": ["30^min"],
  "PRT-4": ["PP^Primary^HL70443", "MTH^Mother^HL70063"],
};

const coded = "K77^Words77^L^K78^Words78^99X^1^2^Said77^K79^Words79^99Y^3";

const samples: Readonly<Record<string, readonly string[]>> = {
  ST: ["Text77", "7"],
  TX: ["Text77"],
  FT: ["Text77"],
  NM: ["7"],
  SI: ["7"],
  ID: ["K77", "Y", "A", "D", "U"],
  IS: ["K77", "Y", "A"],
  DTM: ["20260203101500-0600"],
  TS: ["20260203101500-0600"],
  DT: ["20260203"],
  TM: ["1015"],
  CWE: [coded, "Y^Yes^HL70136", "A"],
  CE: [coded, "Y^Yes^HL70136", "A"],
  CNE: [coded, "Y^Yes^HL70136", "A"],
  CF: [coded],
  CX: [
    "770010^7^M11^TH&2.16.840.1.113883.19.77&ISO^MR^FAC77^20200101^20300101^IL^DEP77",
    "770010^^^TH",
  ],
  XPN: [
    "Quill&van&Quill^Ann^May^Jr^Dr^MD^L^A^CTX77^20200101&20300101^G^20200101^20300101^PhD^Annie",
  ],
  XAD: [
    "77 Long St&Long St&77^Apt 77^Town77^IL^60677^USA^H^Reg77^Coo^TR77^A^20200101&20300101^20200101^20300101",
    "77 Long St^^Town77^IL^60677^^H^^^^^20200101&20300101^^^^^^^Ann Quill",
  ],
  XTN: [
    "^PRN^PH^^1^312^5550177^77^Text77^^^(312)555-0177^20200101^20300101^^^^1",
    "(312)555-0177^PRN^PH",
    "(312)555-0177",
    "^PRN^PH^^1^312^5550177^77",
    "^NET^Internet^ann@example.org",
  ],
  XCN: [
    "770020^Quill^Ann^May^Jr^Dr^MD^SRC^TH&2.16.840.1.113883.19.77&ISO^L^7^M11^NPI^FAC77^A^^20200101&20300101^G^20200101^20300101^PhD",
    "770021^Quill^Ann^^^^^^TH&2.16.840.1.113883.19.77&ISO",
    "770020^Quill^Ann^^^^^^TH&2.16.840.1.113883.19.77&ISO^^^^^^^^20200101&20300101^^^^PhD",
  ],
  CNN: ["770020^Quill^Ann^May^Jr^Dr^MD^SRC^TH^2.16.840.1.113883.19.77^ISO"],
  XON: ["Org77^L^770030^7^M11^TH&2.16.840.1.113883.19.77&ISO^XX^FAC77^A^770030"],
  PL: [
    "W77^R77^B77^FAC77^A^N^BLD77^FL77^Desc77^L77&TH^TH77",
    "W77^R77^B77^FAC77^A^N^BLD77^FL77^Desc77^L77^TH77",
  ],
  EI: ["770040^TH^2.16.840.1.113883.19.77^ISO"],
  EIP: ["770050&TH&2.16.840.1.113883.19.77&ISO^770060&TH&2.16.840.1.113883.19.77&ISO"],
  HD: ["NS77^2.16.840.1.113883.19.78^ISO"],
  CQ: ["7^mg&milligram&UCUM"],
  DR: ["20260203101500-0600^20260204101500-0600"],
  TQ: [
    "7&mg^Q6H&0800^D3^20260203101500-0600^20260204101500-0600^S^PRN^Text77^S^^OD^7",
    "7&mg^Q6H&0800^D3",
  ],
  RPT: ["Q6H^^^^6^7^H"],
  RI: ["Q6H^0800"],
  NDL: [
    "770020&Quill&Ann&May&Jr&Dr&MD&SRC&TH^20260203101500-0600^20260204101500-0600^W77^R77^B77^FAC77^A^N^BLD77^FL77",
  ],
  PLN: ["770070^NPI^IL^20300101"],
  DLN: ["D770080^IL^20300101"],
  FC: ["K77^20260203"],
  DLD: ["LOC77^20260203"],
  MSG: ["ADT^A08^ADT_A01"],
  PT: ["P^T"],
  SPS: ["BLD&Blood&HL70070^^Text77^LA&Left arm&HL70163^^^"],
  OG: ["Text77^7^8^Id77"],
  SN: ["<^7^:^9", "<^7", "^7^-^9", "^7"],
  NR: ["1^9"],
  NA: ["1^2^3"],
  ED: ["^AP^PDF^Base64^VGVzdA=="],
  RP: ["https://example.org/77^APP77^AP^PDF"],
  SAD: ["77 Long St&Long St&77"],
  VR: ["1^9"],
};
