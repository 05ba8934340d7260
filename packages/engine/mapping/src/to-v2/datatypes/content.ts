import { problems } from "../problems.ts";
import { typeOf } from "../resource-index.ts";
import { Node } from "../rows/node.ts";
import type { Converter } from "../rows/row.ts";
import type { Sight } from "../rows/sight.ts";
import type { Piece } from "../rows/written.ts";

/**
 * ED of an Attachment: type and Base64. Its Binary is followed where it has an address inside of
 * the bundle.
 *
 * @see HL7 v2.5.1, chapter 2.A.24 (ED)
 */
export const ed: Converter = (node, sight) => {
  const content = contentOf(node, sight);
  if (content === undefined) return undefined;
  if (!isBase64(content.data)) {
    sight.composing.refuse(problems.badContent(content.path));
    return undefined;
  }
  node.use();
  const data: Piece = { text: content.data, path: content.path, isContent: true };
  const encoding: Piece = { text: "Base64", rule: "constant" };
  return {
    components: [undefined, typePiece(node, sight, content.type), undefined, encoding, data],
  };
};

/** RP of an Attachment that is only an address on the web. */
export const rp: Converter = (node, sight) => {
  const url = node.child("url");
  const text = url?.text;
  if (url === undefined || text === undefined) return undefined;
  const type = typePiece(node, sight, node.peek("contentType"));
  node.use();
  return { components: [{ text, path: url.path }, undefined, type] };
};

/** The lines of a plain text, as pieces; undefined, and the message refused, where it cannot be read. */
export function linesOf(node: Node, sight: Sight): readonly Node[] {
  const content = contentOf(node, sight);
  if (content === undefined) return [];
  const text = isBase64(content.data) ? decodedText(content.data, content.type) : undefined;
  if (text === undefined) {
    sight.composing.refuse(problems.badContent(content.path));
    return [];
  }
  node.use();
  const lines = text.replaceAll(/\r\n?/gu, "\n").replace(/\n+$/u, "").split("\n");
  return lines.map((line) => new Node(line, content.path, new Set()));
}

/** How an attachment is sent. */
export function formOf(node: Node, sight: Sight): "text" | "content" | "address" | undefined {
  const content = contentOf(node, sight);
  if (content !== undefined) return isPlainText(content.type) ? "text" : "content";
  if (/^https?:\/\//u.test(node.peek("url") ?? "")) return "address";
  sight.composing.refuse(problems.contentNotHere(node.path));
  return undefined;
}

interface Content {
  readonly data: string;
  readonly type: string | undefined;
  readonly path: string;
}

function contentOf(node: Node, sight: Sight): Content | undefined {
  const type = node.peek("contentType");
  const own = node.peek("data");
  if (own !== undefined) return { data: own, type, path: `${node.path}.data` };
  const url = node.peek("url");
  const found = url === undefined ? undefined : sight.composing.resources.at(url, node.path);
  const data = found !== undefined && typeOf(found) === "Binary" ? found.peek("data") : undefined;
  if (found === undefined || data === undefined) return undefined;
  found.use();
  return { data, type: type ?? found.peek("contentType"), path: `${found.path}.data` };
}

function typePiece(node: Node, sight: Sight, type: string | undefined): Piece | undefined {
  const bare = type?.split(";")[0]?.trim().toLowerCase();
  if (bare === undefined || bare === "") return undefined;
  const found = sight.composing.codes.find("content-type", undefined, bare);
  if (found === undefined) {
    const at = `${node.path}.contentType`;
    sight.composing.refuse(problems.unlistedCode({ table: "content-type", code: bare, at }));
    return undefined;
  }
  const { local } = found.row;
  return { text: local, path: `${node.path}.contentType`, row: `content-type: ${local}` };
}

function isPlainText(type: string | undefined): boolean {
  return /^text\/plain(?:\s*;|$)/iu.test(type ?? "");
}

function decodedText(data: string, type: string | undefined): string | undefined {
  const charset = /charset="?(?<name>[\w-]+)/iu.exec(type ?? "")?.groups?.["name"] ?? "utf-8";
  try {
    return new TextDecoder(charset, { fatal: true }).decode(Buffer.from(data, "base64"));
  } catch {
    return undefined;
  }
}

function isBase64(data: string): boolean {
  return data.length % 4 === 0 && /^[A-Za-z\d+/]+={0,2}$/u.test(data);
}
