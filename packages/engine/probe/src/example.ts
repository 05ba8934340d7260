/** A value as a person reads it in a line; long ones are cut. Patient data. */
export function exampleOf(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}…`;
}

const maxLength = 200;
