import { readFileSync } from "node:fs";
import { admission, result } from "../bench/messages.ts";

/** Where the search begins: messages in many shapes and sets, and every finding of an earlier run. */
export function seeds(): Uint8Array[] {
  return [...messages.map((text) => Buffer.from(text, "latin1")), ...wide, ...findings()];
}

/** Inputs that once showed a fault, in hexadecimal. */
export function findings(): Uint8Array[] {
  const file = new URL("findings.json", import.meta.url);
  const list = JSON.parse(readFileSync(file, "utf8")) as readonly { readonly hex: string }[];
  return list.map(({ hex }) => Buffer.from(hex, "hex"));
}

function headed(charset: string, rest: string): string {
  return `MSH|^~\\&|A|B|C|D|2026||ORU^R01|1|P|2.5.1||||||${charset}\r${rest}`;
}

const messages: readonly string[] = [
  admission(1),
  result(1, 2),
  "MSH|^~\\&#|A\rZZ1|\\P\\#\r",
  "MSH*:;!?*A\rPID*1:2;3?4*!F!\r",
  "MSH|^|A\rPID|x\r",
  headed("8859/2", "NTE|1||\u00B3\u00F3d\u00BC\r"),
  headed("UNICODE UTF-8", "NTE|1||\u00C3\u00A9\u00E2\u0082\u00AC\r"),
  headed("~ISO IR87", "PID|1||1||\u001B$B;3ED\u001B(B^\u001B(IABC\u001B(B\r"),
  headed("GB 18030-2000", "PID|1||1||\u00CC\u00E5\u00C9\u00FD\r"),
  headed("BIG-5", "PID|1||1||\u00A4\u00A4\u00A4\u00E5\r"),
  headed("KS X 1001", "PID|1||1||\u00B0\u00A1\u00B3\u00AA\r"),
  headed("", "OBX|1|FT|1||a\\.br\\b\\.sp2\\\\.in+4\\c\\H\\d\\N\\\\.ce\\\\Zx\\\\C2842\\\r"),
  "MSH|^~\\&|A\nPID|1\r\nNTE|1||x\ny\rOBX|1\n\n",
  `FHS|^~\\&|A\rBHS|^~\\&|A\r${headed("", "PID|1\r")}BTS|1\r${headed("", "")}FTS|1\r`,
  headed("", "OBX|1|TX|1||abc\rADD|def|g\rDSC|77|F\r"),
  "MSH|^~\\&|A|B|C|D|2026||ADT^A01|1|P|2.3.1|5|77|AL|NE\rADD|x\r",
];

const wide = ["\uFEFFMSH|^~\\&|A\rPID|1||\u4F53\r", "MSH|^~\\&|A\rPID|1||é\r"].flatMap((text) => {
  const little = Buffer.from(text, "utf16le");
  return [little, Buffer.from(little).swap16()];
});
