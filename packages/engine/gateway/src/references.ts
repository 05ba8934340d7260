/** Every reference in a value of FHIR, however deep it stands. */
export function* referencesIn(value: unknown): Generator<string, void> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === "reference" && typeof inner === "string") yield inner;
    else yield* referencesIn(inner);
  }
}
