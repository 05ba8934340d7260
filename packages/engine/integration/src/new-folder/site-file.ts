import type { Answers } from "./answers.ts";
import { yamlText } from "./yaml-text.ts";

/** `site.yaml` of a new folder: its test environment, with all channels. */
export function siteFile(answers: Answers, channels: readonly string[]): string {
  const { siteTitle, timeZone } = answers;
  return `# One health system.
title: ${yamlText(siteTitle)}
# A time without an offset is meant in this zone.
timeZone: ${yamlText(timeZone)}
environments:
  # Begin with the hospital's test environment. What treats patients goes under production.
  nonproduction:
    feeds:
      # Whoever sends to this listener is taken for the site. Where several sites share a listener,
      # tell them apart by MSH-4: sendingFacilities: [NAME].
      - listener: hospital
        channels: [${channels.join(", ")}]
${fhirPart(answers)}`;
}

function fhirPart({ fhirBase, clientId, dialect }: Answers): string {
  if (fhirBase === undefined) return withoutFhir;
  return `    # Where the hospital answers over FHIR. The hub signs in with keys of its own.
    fhir:
      baseUrl: ${yamlText(fhirBase)}
      # Whose departures from the standard are evened out.
      dialect: ${yamlText(dialect)}
      # The application's id at this environment.
      clientId: ${yamlText(clientId ?? "")}
`;
}

const withoutFhir = `    # Where the hospital answers over FHIR, once it does:
    # fhir:
    #   baseUrl: https://fhir.hospital.example/api/FHIR/R4
    #   clientId: the id that the hospital gave
`;
