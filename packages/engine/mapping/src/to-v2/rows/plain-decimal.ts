/**
 * A number of JSON as HL7 writes it: the same digits, and no exponent, which NM does not know.
 *
 * @returns Undefined where it is no number, or would need more than 100 digits.
 * @see HL7 v2.5.1, chapter 2.A.47 (NM)
 */
export function plainDecimal(json: string): string | undefined {
  const parts = shape.exec(json)?.groups;
  if (parts === undefined) return undefined;
  const { sign = "", whole = "0", rest = "", exponent = "0" } = parts;
  const shift = Number(exponent);
  if (shift === 0) return json.replace(/e.*$/iu, "");
  if (Math.abs(shift) > mostDigits) return undefined;
  const digits = whole + rest;
  const point = whole.length + shift;
  return sign + placePoint(digits, point);
}

function placePoint(digits: string, point: number): string {
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  const whole = digits
    .slice(0, point)
    .padEnd(point, "0")
    .replace(/^0+(?=\d)/u, "");
  const rest = digits.slice(point);
  return rest === "" ? whole : `${whole}.${rest}`;
}

const shape = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<rest>\d+))?(?:[eE](?<exponent>[+-]?\d+))?$/u;
const mostDigits = 100;
