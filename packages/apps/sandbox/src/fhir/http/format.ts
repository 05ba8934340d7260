/** In which syntax an answer is written, and what its type is called. */
export interface Format {
  readonly syntax: "json" | "xml";
  readonly contentType: string;
}

/**
 * Chooses the format of an answer. What is not known is never refused: the default is sent.
 *
 * @param wishes The header `Accept`, and `_format`, which goes before it.
 */
export function formatFor(
  {
    accept,
    format,
  }: { readonly accept?: string | undefined; readonly format?: string | undefined },
  byDefault: Format["syntax"],
): Format {
  const wish = format === undefined ? undefined : byName(format);
  if (wish !== undefined) return wish;
  const remembered = byAccept.get(accept ?? "");
  const found = remembered === undefined ? accepted(accept ?? "") : remembered;
  if (remembered === undefined && byAccept.size < maxRemembered) byAccept.set(accept ?? "", found);
  return found ?? { syntax: byDefault, contentType: `application/${byDefault}${charset}` };
}

function accepted(accept: string): Format | null {
  const wishes = accept
    .split(",")
    .map((part) => {
      const [type = "", ...rest] = part.split(";").map((each) => each.trim());
      const quality = rest.find((each) => each.startsWith("q="));
      return { type, weight: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .toSorted((one, other) => other.weight - one.weight);
  for (const { type } of wishes) {
    const syntax = syntaxOf[type.toLowerCase()];
    if (syntax !== undefined) return { syntax, contentType: `${type.toLowerCase()}${charset}` };
  }
  return null;
}

function byName(format: string): Format | undefined {
  // A plus sign in an address is a blank.
  const name = format.toLowerCase().replace(" ", "+");
  const syntax = syntaxOf[name];
  if (syntax !== undefined) return { syntax, contentType: `${name}${charset}` };
  if (name !== "json" && name !== "xml") return undefined;
  return { syntax: name, contentType: `application/fhir+${name}${charset}` };
}

const charset = "; charset=utf-8";

const syntaxOf: Readonly<Record<string, Format["syntax"]>> = {
  "application/fhir+json": "json",
  "application/json": "json",
  "application/fhir+xml": "xml",
  "application/xml": "xml",
};

/** Clients send few different headers; who sends many does not fill the memory. */
const byAccept = new Map<string, Format | null>();
const maxRemembered = 1000;
