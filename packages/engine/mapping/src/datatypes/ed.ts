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
  return { ...contentTypeOf(scope, [textIn(part, 3), textIn(part, 2)]), data };
}

/** RP: pointer, application, type, subtype. */
function pointedTo(part: Part, scope: Scope): Attachment | undefined {
  const pointer = textIn(part, 1);
  if (pointer === undefined) return undefined;
  const isUrl = /^[a-z][a-z\d+.-]*:\S+$/iu.test(pointer);
  const type = contentTypeOf(scope, [textIn(part, 4), textIn(part, 3)]);
  return isUrl ? { ...type, url: pointer } : { ...type, title: pointer };
}

function contentTypeOf(scope: Scope, names: readonly (string | undefined)[]) {
  const { tables } = scope.draft.site;
  for (const name of names) {
    const row = name === undefined ? undefined : tables.find("content-type", name);
    if (row !== undefined) return { contentType: row.code };
  }
  return {};
}

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
