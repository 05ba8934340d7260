import type { DataElement, FhirDataElement, Hl7DataElement } from "./data-element-settings.ts";
import type { FlowsheetMeanings } from "./flowsheet-settings.ts";
import type { Site } from "./integration.ts";
import type { NeedsSettings } from "./needs-settings.ts";

/** Codes of a site that a value may have, as themselves or as what they mean. */
export interface AllowedCodes {
  readonly codes: readonly string[];
  readonly table: string | undefined;
}

/** What a site adds to a data element. */
interface AtSite {
  /** True where the site said that it has no such thing. */
  readonly isAbsent?: boolean;
  /** The codes of its value set, and the table that says what they mean. */
  readonly allowed?: AllowedCodes;
}

/** An element of a resource as a site has it, with the codes of its flowsheet in `among`. */
export type FhirAtSite = FhirDataElement & AtSite;

/** A field of messages as a site has it. */
export interface Hl7AtSite extends Hl7DataElement, AtSite {
  /** Only OBX segments with one of these in OBX-3; case does not count. All where left out. */
  readonly rows?: readonly string[];
}

/** A data element as a site has it, where names of the integration became codes of the site. */
export type SiteDataElement = FhirAtSite | Hl7AtSite;

/** The data elements of an integration as they are looked for at one site. */
export function dataAtSite(
  { data, flowsheets, valueSets }: Pick<NeedsSettings, "data" | "flowsheets" | "valueSets">,
  site: Pick<Site, "flowsheets" | "valueSets">,
): readonly SiteDataElement[] {
  return data.map((each) => {
    const { valueSet: set } = each;
    const allowed = set !== undefined && { codes: filled(site, set), table: valueSets[set]?.table };
    const element = { ...each, ...(allowed && { allowed }) };
    const { flowsheet: name } = element;
    if (name === undefined) return element;
    const here = Object.hasOwn(site.flowsheets, name) ? site.flowsheets[name] : undefined;
    if (here?.isCharted === false) return { ...element, isAbsent: true };
    return ofFlowsheet(element, { meaning: flowsheets[name], here });
  });
}

function filled({ valueSets }: Pick<Site, "valueSets">, name: string): readonly string[] {
  return (Object.hasOwn(valueSets, name) ? valueSets[name] : undefined) ?? [];
}

/** By the standard's code, which servers send beside their own, and by those of the site. */
function ofFlowsheet(
  element: DataElement,
  { meaning, here }: { meaning: FlowsheetMeanings[string] | undefined; here: Here | undefined },
): SiteDataElement {
  if (element.type === "hl7") return { ...element, rows: here?.rows ?? [] };
  const standard = meaning === undefined ? [] : [`${meaning.system}|${meaning.code}`];
  return { ...element, among: `code=${[...standard, ...(here?.fhir ?? [])].join(",")}` };
}

type Here = Site["flowsheets"][string];
