import type { DataElement, FhirDataElement, Hl7DataElement } from "./data-element-settings.ts";
import type { FlowsheetMeanings } from "./flowsheet-settings.ts";
import type { Site } from "./integration.ts";
import type { NeedsSettings } from "./needs-settings.ts";

/** A data element as a site has it, where names of the integration became codes of the site. */
export type SiteDataElement = (FhirDataElement | Hl7AtSite) & {
  /** True where the site said that it has no such thing. */
  readonly isAbsent?: boolean;
};

/** A field of messages as a site has it. */
export interface Hl7AtSite extends Hl7DataElement {
  /** Only OBX segments with one of these in OBX-3; case does not count. All where left out. */
  readonly rows?: readonly string[];
}

/** The data elements of an integration as they are looked for at one site. */
export function dataAtSite(
  { data, flowsheets }: Pick<NeedsSettings, "data" | "flowsheets">,
  site: Pick<Site, "flowsheets">,
): readonly SiteDataElement[] {
  return data.map((element) => {
    const { flowsheet: name } = element;
    if (name === undefined) return element;
    const here = Object.hasOwn(site.flowsheets, name) ? site.flowsheets[name] : undefined;
    if (here?.isCharted === false) return { ...element, isAbsent: true };
    return ofFlowsheet(element, { meaning: flowsheets[name], here });
  });
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
