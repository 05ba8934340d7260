/**
 * Whether the last digit of a number is what the others give, counted as LOINC, the CDC and banks do.
 *
 * @param number Digits alone, the check digit at the end.
 * @see LOINC Users' Guide, appendix C: the mod 10 algorithm
 */
export function isMod10(number: string): boolean {
  // Digit by digit: a folder of many sites has a hundred thousand codes, and lists would be its cost.
  let sum = 0;
  for (let place = 0; place < number.length; place += 1) {
    const digit = digitAt(number, number.length - 1 - place);
    sum += place % 2 === 0 ? digit : doubled(digit);
  }
  return sum % 10 === 0;
}

function digitAt(number: string, index: number): number {
  return number.charCodeAt(index) - zero;
}

function doubled(digit: number): number {
  return digit < 5 ? digit * 2 : digit * 2 - 9;
}

/**
 * Whether the last digit of a number is what the others give by Verhoeff's scheme, as SNOMED CT has
 * it: a product in the symmetries of a pentagon, of digits that each place permutes once more.
 *
 * @see SNOMED CT Release File Specification, appendix: check-digit computation
 */
export function isVerhoeff(number: string): boolean {
  let total = 0;
  for (let place = 0; place < number.length; place += 1) {
    const digit = digitAt(number, number.length - 1 - place);
    total = composed(total, permuted(digit, place));
  }
  return total === 0;
}

/** Below 5 the turns of the pentagon, from 5 on its reflections. */
function composed(left: number, right: number): number {
  if (left < 5) {
    return right < 5 ? (left + right) % 5 : 5 + ((left + right - 5) % 5);
  }
  return right < 5 ? 5 + ((left - 5 - right + 5) % 5) : (left - right + 5) % 5;
}

function permuted(digit: number, place: number): number {
  let found = digit;
  for (let step = 0; step < place % 8; step += 1) found = permutation[found] ?? found;
  return found;
}

const zero = "0".charCodeAt(0);
const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
