import type { Random } from "@trestle/base";

/** A changed copy of one of the inputs, at most that many bytes long. */
export function mutate(
  inputs: readonly Uint8Array[],
  { random, maxBytes }: { random: Random; maxBytes: number },
): Uint8Array {
  const below = (count: number) => Math.floor(random.next() * count);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[below(items.length)];
  // The youngest inputs found what is rarest.
  const young = inputs.slice(-20);
  let bytes = Buffer.from(pick(below(2) === 0 ? young : inputs) ?? new Uint8Array());
  const turns = 1 + below(6);
  for (let turn = 0; turn < turns; turn += 1) {
    const at = below(bytes.length + 1);
    const to = Math.min(bytes.length, at + 1 + below(16));
    const replacements: readonly (() => Uint8Array)[] = [
      () => Uint8Array.of(below(256)),
      () => Buffer.from(pick(words) ?? "", "latin1"),
      () => bytes.subarray(at, to),
      () => slice(pick(inputs) ?? bytes, below),
      () => new Uint8Array(),
    ];
    const written = pick(replacements)?.() ?? new Uint8Array();
    const behind = below(2) === 0 ? at : to;
    bytes = Buffer.concat([bytes.subarray(0, at), written, bytes.subarray(behind)]);
  }
  return bytes.subarray(0, maxBytes);
}

function slice(bytes: Uint8Array, below: (count: number) => number): Uint8Array {
  const from = below(bytes.length);
  return bytes.subarray(from, from + below(64));
}

/** What means something in a message. */
const words = [
  ...'|^~\\&#\r\n"'.split(""),
  "\r\n",
  "\rMSH|^~\\&|",
  "\rPID|",
  "\rADD|",
  "\rDSC|1|F",
  "\rFHS|^~\\&|",
  "\rBHS|^~\\&|",
  "\rBTS|1",
  "\rFTS|1",
  '""',
  "\\F\\",
  "\\X0D0A\\",
  "\\.br\\",
  "\\.sp3\\",
  "\\H\\",
  "\\P\\",
  "\\C2842\\",
  "\\M242842\\",
  "\u001B$B",
  "\u001B(B",
  "\u001B(I",
  "\u00EF\u00BB\u00BF",
  "\u00FF\u00FE",
  "\u00FE\u00FF",
  "\u000B",
  "\u001C\r",
  "UNICODE UTF-8",
  "8859/2",
  "ISO IR87",
  "GB 18030-2000",
  "BIG-5",
  "KS X 1001",
  "20260115103000.1234-0600",
  "-1.10",
];
