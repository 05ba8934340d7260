import type { FhirResource } from "@trestle/fhir";
import type { Answer, Ask } from "./exchange.ts";

export type Binary = Extract<FhirResource, { resourceType: "Binary" }> & { readonly id: string };

/**
 * What a Binary holds, as it is, unless the request names a format of FHIR.
 *
 * @see FHIR R4 (4.0.1), Binary, 2.43.2
 */
export function binaryContent({ contentType, data = "" }: Binary, ask: Ask): Answer | undefined {
  const accept = ask.headers.accept ?? "";
  const isResource = /(?:json|xml)/u.test(`${accept} ${formatOf(ask)}`);
  if (isResource && !accept.includes(contentType)) return undefined;
  return { status: 200, body: { content: Buffer.from(data, "base64"), contentType } };
}

function formatOf({ query }: Ask): string {
  return query.find(([name]) => name === "_format")?.[1] ?? "";
}
