/** What is different in an invented message. */
interface Header {
  /** MSH-13. */
  readonly sequence?: string;
  /** MSH-15. */
  readonly commit?: string;
  /** MSH-16. */
  readonly application?: string;
}

/** A short invented message. */
export function message(controlId: string, header: Header = {}): string {
  const { sequence = "", commit = "", application = "" } = header;
  return `MSH|^~\\&|S|SF|R|RF|20260115||ADT^A08|${controlId}|T|2.5|${sequence}||${commit}|${application}\rEVN|A08\r`;
}

/** The acknowledgement of such a message. */
export function answerTo(controlId: string, code: string, expected = ""): string {
  return `MSH|^~\\&|R|RF|S|SF|20260115||ACK|A${controlId}|T|2.5\rMSA|${code}|${controlId}||${expected}\r`;
}
