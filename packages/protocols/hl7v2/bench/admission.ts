/** An invented admission of about 1.4 KB; the number tells one patient from another. */
export function admission(patient: number): string {
  const id = String(900_000 + patient);
  return [
    String.raw`MSH|^~\&|REG|LKS|HUB|TRESTLE|20260115083000-0600||ADT^A01^ADT_A01|M${id}|P|2.5.1|||AL|NE`,
    "EVN||20260115083000||01|OP7^HOLLOWAY^JUNE^^^^^^LKS|20260115082500",
    `PID|1||${id}^^^LKS^MR~E${id}^^^EPI^PI||WREN^EDITH^M^^^^L~FINCH^EDITH^^^^^M||19620304|F|||14 MILL LANE^^ASHFORD^IL^60601^USA^H||^PRN^PH^^1^312^5550142|^WPN^PH^^1^312^5550143|ENG|M|UNI|A${id}^^^LKS^AN|||||||||||||N`,
    "PD1||||1122^DRAKE^OWEN^^^^MD^^LKS^L^^^NPI",
    "NK1|1|WREN^THOMAS|SPO|14 MILL LANE^^ASHFORD^IL^60601|^PRN^PH^^1^312^5550144||C",
    `PV1|1|I|4W^412^A^LKS^^N^^4||||1122^DRAKE^OWEN^^^^MD^^LKS^L^^^NPI|3344^HERON^RUTH^^^^MD^^LKS^L^^^NPI||MED|||R|7|||1122^DRAKE^OWEN^^^^MD^^LKS^L^^^NPI|IP|V${id}^^^LKS^VN||||||||||||||||||||||||||20260115082000`,
    "PV2|||CHEST^Chest pain^L|||||20260115|20260119",
    "OBX|1|NM|8302-2^Body height^LN||165|cm^cm^UCUM|||||F|||20260115082500",
    "OBX|2|NM|29463-7^Body weight^LN||71.5|kg^kg^UCUM|||||F|||20260115082500",
    "AL1|1|DA|7980^Penicillin^RXNORM|SV|Hives|20190501",
    "DG1|1||R07.9^Chest pain, unspecified^I10|Chest pain|20260115082500|A",
    "GT1|1||WREN^EDITH^M||14 MILL LANE^^ASHFORD^IL^60601|^PRN^PH^^1^312^5550142||19620304|F||SEL",
    "IN1|1|PPO1^Prairie PPO|6001^^^PRAIRIE|PRAIRIE HEALTH|PO BOX 12^^ASHFORD^IL^60601||^WPN^PH^^1^800^5550199|G77|||||||1|WREN^EDITH^M|SEL|19620304|14 MILL LANE^^ASHFORD^IL^60601|||1||||||||||||||P4471",
    "",
  ].join("\r");
}
