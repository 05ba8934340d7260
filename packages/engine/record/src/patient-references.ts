/**
 * Lets a body that refers to a patient under an earlier id refer to the one of today.
 *
 * Only whole values of `reference` are exchanged, in both forms that R4 knows: `urn:uuid:…` and
 * `Patient/…`.
 *
 * @param body As `JSON.stringify` wrote it, so that no text inside of a value can look like this.
 */
export function withPatientId(
  body: string,
  ids: { readonly earlier: readonly string[]; readonly today: string },
): string {
  let changed = body;
  for (const id of ids.earlier) {
    for (const form of forms) {
      changed = changed.replaceAll(reference(form, id), () => reference(form, ids.today));
    }
  }
  return changed;
}

function reference(form: string, id: string): string {
  return `"reference":${JSON.stringify(form + id)}`;
}

const forms = ["urn:uuid:", "Patient/"];
