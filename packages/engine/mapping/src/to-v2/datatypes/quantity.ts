import type { Converter } from "../rows/row.ts";
import { pieceOf } from "./text.ts";
import type { Piece } from "../rows/written.ts";

/** CE of the unit of a Quantity: as the site writes it where the table has it, else as it is. */
export const unit: Converter = (node, { composing }, { table = "units" }) => {
  const code = node.peek("code");
  const words = node.child("unit");
  const isUcum = node.peek("system") === ucum;
  const found = code !== undefined && isUcum ? composing.codes.find(table, ucum, code) : undefined;
  if (found !== undefined) {
    for (const name of ["code", "system", "unit"]) node.child(name)?.use();
    const { local } = found.row;
    const short: Piece = { text: local, path: `${node.path}.code`, row: `${table}: ${local}` };
    return { components: [short, words?.glance === local ? undefined : pieceOf(words)] };
  }
  if (code === undefined || !isUcum) return pieceOf(words) ?? pieceOf(node.child("code"));
  const named = pieceOf(node.child("system"));
  const sent = pieceOf(node.child("code"));
  return {
    components: [
      sent,
      words?.glance === code ? undefined : pieceOf(words),
      named && { ...named, text: "UCUM" },
    ],
  };
};

/** OBX-7 of a reference range: its text, else its limits. */
export const referenceRange: Converter = (node) => {
  const own = pieceOf(node.child("text"));
  const [low, high] = [node.child("low"), node.child("high")];
  if (own !== undefined) {
    low?.use();
    high?.use();
    return own;
  }
  const [from, to] = [low?.read("value"), high?.read("value")];
  for (const each of [low, high]) each?.use();
  if (from !== undefined && to !== undefined) {
    const mark = from.startsWith("-") || to.startsWith("-") ? " to " : "-";
    return { text: `${from}${mark}${to}`, path: node.path };
  }
  if (from !== undefined) return { text: `>=${from}`, path: node.path };
  return to === undefined ? undefined : { text: `<=${to}`, path: node.path };
};

const ucum = "http://unitsofmeasure.org";
