import { type Issue, isOutcome, issuesOf } from "./issues.ts";
import { issuesInXml } from "./xml-issues.ts";
import { parseExact } from "./exact-json.ts";

/** What the server said, whole. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly location: string | undefined;
  /** Where the state of an export is. */
  readonly contentLocation: string | undefined;
  readonly retryAfter: string | undefined;
  /** The bearer challenge of a 401 or 403. */
  readonly challenge: string | undefined;
  /** How far a bulk export is, in the server's words. */
  readonly progress: string | undefined;
  readonly text: string;
}

/** What a body is, whatever its content type says. */
export type Shape = "fhir" | "json" | "xml" | "html" | "empty" | "broken" | "text";

/** A body with its shape, read once. */
export type Content =
  | { readonly shape: "fhir"; readonly resource: { readonly resourceType: string } }
  | { readonly shape: "json"; readonly value: unknown }
  | { readonly shape: "xml"; readonly text: string }
  | { readonly shape: Exclude<Shape, "fhir" | "json" | "xml"> };

/**
 * Reads a body and says what it is. Proxies and old servers send pages, XML or nothing with any
 * status and any content type, so the first characters decide.
 */
export function readContent(text: string): Content {
  const start = text.charCodeAt(0);
  if (start === BRACE) return readJson(text);
  const head = text
    .slice(0, 1024)
    .trimStart()
    .replace(/^\u{FEFF}\s*/u, "");
  if (head === "" || head.trimEnd() === '""') return { shape: "empty" };
  if (head.startsWith("{") || head.startsWith("[")) {
    return readJson(text.slice(text.search(/[{[]/u)));
  }
  if (!head.startsWith("<")) return { shape: "text" };
  return /<(?:!doctype\s+html|html)[\s>]/iu.test(head) ? { shape: "html" } : { shape: "xml", text };
}

/** The issues of a body that is an OperationOutcome, in JSON or XML, or a Bundle that holds one. */
export function issuesIn(content: Content): readonly Issue[] {
  if (content.shape === "xml") return issuesInXml(content.text);
  if (content.shape !== "fhir") return [];
  const { resource } = content;
  if (isOutcome(resource)) return issuesOf(resource);
  const entries = "entry" in resource && Array.isArray(resource.entry) ? resource.entry : [];
  return (entries as readonly { resource?: unknown }[]).flatMap(({ resource }) =>
    isOutcome(resource) ? issuesOf(resource) : [],
  );
}

function readJson(text: string): Content {
  try {
    const value = parseExact(text);
    return isResource(value) ? { shape: "fhir", resource: value } : { shape: "json", value };
  } catch {
    // The parser's error quotes the text, which may be about a patient: it ends here.
    return { shape: "broken" };
  }
}

function isResource(value: unknown): value is { readonly resourceType: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "resourceType" in value &&
    typeof value.resourceType === "string"
  );
}

const BRACE = 0x7b;
