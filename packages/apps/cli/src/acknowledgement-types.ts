/** Which answers a sender asks for: HL7 table 0155. */
export interface AcknowledgementTypes {
  /** MSH-15. */
  readonly accept?: string | undefined;
  /** MSH-16. */
  readonly application?: string | undefined;
}

/** Writes MSH-15 and MSH-16 where they are given; all other bytes stay as they are. */
export function withAcknowledgementTypes(
  bytes: Uint8Array,
  { accept, application }: AcknowledgementTypes,
): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  const [header = ""] = text.split(/[\r\n]/u, 1);
  if (!header.startsWith("MSH") || (accept ?? application) === undefined) return bytes;
  const separator = header.charAt(3);
  const fields = header.split(separator);
  while (fields.length < 16) fields.push("");
  // The separator behind MSH is itself the first field.
  if (accept !== undefined) fields[14] = accept;
  if (application !== undefined) fields[15] = application;
  return Buffer.from(fields.join(separator) + text.slice(header.length), "latin1");
}
