/**
 * Between minus this and this lie 95 % of the distribution of Student.
 *
 * @param freedom Degrees of freedom; a whole number from 1. From 9 on right to four digits.
 * @see M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions (1964), 26.7.5
 */
export function studentQuantile(freedom: number): number {
  const known = fewDegrees[freedom - 1];
  if (known !== undefined) return known;
  const [first, second, third] = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
  ];
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}

const z = 1.959_964;

/** Where the series is not near enough yet. */
const fewDegrees = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306];
