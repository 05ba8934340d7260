import type { Attachment } from "@trestle/fhir";
import { type Part, textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { warnings } from "../warnings.ts";

/** ED or RP in an OBX-5; OBX-2 says which. Nothing for any other type of value. */
export const attachment: Converter = (part, scope) => {
  switch (valueTypeOf(part)) {
    case "ED":
      return embedded(part, scope);
    case "RP":
      return pointedTo(part, scope);
    case undefined:
    default:
      return undefined;
  }
};

/** OBX-2 of the segment in which a part stands. */
export function valueTypeOf(part: Part): string | undefined {
  return "field" in part && typeof part.field === "object"
    ? part.field.segment.field(2).text?.trim()
    : undefined;
}

/** ED: source, type, subtype, encoding, data. */
function embedded(part: Part, scope: Scope): Attachment | undefined {
  const data = base64Of(textIn(part, 5), textIn(part, 4));
  if (data === undefined) {
    scope.draft.warn(warnings.badContent(part.at));
    return undefined;
  }
  return { ...contentTypeOf(part, scope, [2, 3]), data };
}

/** RP: pointer, application, type, subtype. */
function pointedTo(part: Part, scope: Scope): Attachment | undefined {
  const pointer = textIn(part, 1);
  if (pointer === undefined) return undefined;
  const isUrl = /^[a-z][a-z\d+.-]*:\S+$/iu.test(pointer);
  const type = contentTypeOf(part, scope, [3, 4]);
  return isUrl ? { ...type, url: pointer } : { ...type, title: pointer };
}

/** The type of the data, better yet its subtype; in the words of HL7 where no table has either. */
function contentTypeOf(
  part: Part,
  scope: Scope,
  [type, subtype]: readonly [type: number, subtype: number],
): Attachment {
  const { tables } = scope.draft.site;
  const written = [subtype, type].map((number) => textIn(part, number));
  for (const name of written) {
    const row = name === undefined ? undefined : tables.find("content-type", name);
    if (row !== undefined) return { contentType: row.code };
  }
  const coding = [
    { system: `${hl7}0191`, code: written[1] },
    { system: `${hl7}0291`, code: written[0] },
  ].flatMap(({ system, code }) => (code === undefined ? [] : [{ system, code }]));
  return coding.length === 0
    ? {}
    : { extension: [{ url: alternateCodes, valueCodeableConcept: { coding } }] };
}

const hl7 = "http://terminology.hl7.org/CodeSystem/v2-";
const alternateCodes = "http://hl7.org/fhir/StructureDefinition/alternate-codes";

function base64Of(data: string | undefined, encoding: string | undefined): string | undefined {
  if (data === undefined) return undefined;
  switch (encoding?.toLowerCase()) {
    case "base64":
      return isBase64(data) ? data : rewritten(data);
    case "hex":
      return /^(?:[\da-f]{2})+$/iu.test(data)
        ? Buffer.from(data, "hex").toString("base64")
        : undefined;
    case undefined:
    default:
      return Buffer.from(data, "utf8").toString("base64");
  }
}

/** Some senders break the lines of Base64. */
function rewritten(data: string): string | undefined {
  const joined = data.replaceAll(/\s+/gu, "");
  return isBase64(joined) ? joined : undefined;
}

function isBase64(data: string): boolean {
  return data.length % 4 === 0 && /^[A-Za-z\d+/]+={0,2}$/u.test(data);
}
