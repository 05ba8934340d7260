/** The parts of a FHIR Bundle that this application looks at. */
interface ReceivedBundle {
  readonly entry?: readonly { readonly resource?: ReceivedResource }[];
}

interface ReceivedResource {
  readonly resourceType?: string;
  readonly name?: readonly { readonly family?: string; readonly given?: readonly string[] }[];
  readonly status?: string;
}

/**
 * One line about a received Bundle: whom it concerns and what is in it.
 *
 * @returns Undefined where the body is no Bundle.
 */
export function summarise(body: string): string | undefined {
  const bundle = readBundle(body);
  if (bundle === undefined) return undefined;
  const resources = (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []);
  const patient = resources.find(({ resourceType }) => resourceType === "Patient");
  const counts = new Map<string, number>();
  for (const { resourceType = "?" } of resources) {
    counts.set(resourceType, (counts.get(resourceType) ?? 0) + 1);
  }
  const listed = [...counts].map(([type, count]) => (count === 1 ? type : `${count} ${type}`));
  return `${nameOf(patient)}: ${listed.join(", ")}`;
}

function nameOf(patient: ReceivedResource | undefined): string {
  const [name] = patient?.name ?? [];
  const parts = [name?.family, name?.given?.join(" ")].filter((part) => part !== undefined);
  return parts.length === 0 ? "no patient" : parts.join(", ");
}

function readBundle(body: string): ReceivedBundle | undefined {
  try {
    const read: unknown = JSON.parse(body);
    const isBundle =
      typeof read === "object" &&
      read !== null &&
      "resourceType" in read &&
      read.resourceType === "Bundle";
    return isBundle ? (read as ReceivedBundle) : undefined;
  } catch {
    return undefined;
  }
}
