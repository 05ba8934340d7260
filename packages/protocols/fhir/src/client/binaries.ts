import type { Binary } from "../index.ts";
import { issuesIn, readContent } from "./answer.ts";
import { fhirErrors } from "./errors.ts";
import { asResource } from "./fhir-answer.ts";
import { judgeAnswer } from "./judge.ts";
import type { OpenBody } from "./outgoing.ts";
import { openFollowed } from "./redirects.ts";
import type { CallOptions, Site } from "./site.ts";

/** The content of a document. */
export interface Document {
  /** As the server says it, such as `text/html`. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** How a document is read. */
export interface BinaryOptions extends CallOptions {
  /** The type that the attachment names; the server may give another all the same. */
  readonly contentType?: string;
}

/**
 * Reads a Binary: its content, whether the server sends it as it is or inside of a resource.
 *
 * @param reference `Binary/1`, or an attachment's address at this server.
 * @throws {TrestleError} `fhir.answerTooLarge` beyond maxBinaryBytes; a refusal inside of a good
 * status is the error that it would be.
 */
export async function binary(
  site: Site,
  reference: string,
  { contentType, signal }: BinaryOptions = {},
): Promise<Document> {
  const found = site.addresses.locate(reference);
  const url =
    found === undefined
      ? site.addresses.follow(reference)
      : site.addresses.of([found.type, found.id]);
  const wanted = contentType === undefined ? "*/*;q=0.8" : `${contentType}, */*;q=0.8`;
  const outgoing = {
    purpose: { interaction: "binary", type: "Binary" },
    method: "GET",
    url,
    accept: `${wanted}, application/fhir+json;q=0.9`,
    signal,
  } as const;
  const body = await openFollowed(site, outgoing);
  try {
    return unwrapped(site, await wholeOf(body, site.settings.maxBinaryBytes));
  } finally {
    body.close();
  }
}

async function wholeOf({ contentType, chunks }: OpenBody, maxBytes: number): Promise<Document> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes)
      throw fhirErrors.answerTooLarge({ interaction: "binary", maxBinaryBytes: maxBytes });
    parts.push(chunk);
  }
  return { contentType, bytes: Buffer.concat(parts, bytes) };
}

/** A document of type JSON may look like a resource; only what is called FHIR is taken for one. */
function unwrapped(site: Site, document: Document): Document {
  if (!/^application\/(?:fhir\+json|json)\b/u.test(document.contentType)) return document;
  const text = Buffer.from(document.bytes).toString("utf8");
  const content = readContent(text);
  if (content.shape !== "fhir") return document;
  const resource = asResource(content.resource);
  if (resource.resourceType === "Binary") return inside(resource);
  if (issuesIn(content).length === 0) return document;
  throw judgeAnswer({
    answer: {
      status: 403,
      contentType: document.contentType,
      location: undefined,
      contentLocation: undefined,
      retryAfter: undefined,
      challenge: undefined,
      progress: undefined,
      text,
    },
    purpose: { interaction: "binary", type: "Binary" },
    isWrite: false,
    dialect: site.dialect,
  });
}

function inside({ contentType, data = "" }: Binary): Document {
  return { contentType, bytes: Buffer.from(data, "base64") };
}
