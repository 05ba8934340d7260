import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";

// Serves one search of laboratory results in pages that are ready beforehand, so that what is measured
// is the client. `--exact` writes values with a zero at their end, as laboratories do.

const { values } = parseArgs({
  options: { pages: { type: "string", default: "20" }, entries: { type: "string", default: "50" } },
});
const pages = Number(values.pages);
const entries = Number(values.entries);

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "", "http://host");
  const body = bodyOf(url.pathname, Number(url.searchParams.get("page") ?? 1));
  response.writeHead(200, {
    "content-type": "application/fhir+json; charset=utf-8",
    "content-length": body.byteLength,
  });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
});
process.on("SIGTERM", () => process.exit(0));

const made = new Map<string, Buffer>();

function bodyOf(path: string, page: number): Buffer {
  const key = `${path} ${page}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const body = Buffer.from(pageText(path, page));
  made.set(key, body);
  return body;
}

function pageText(path: string, page: number): string {
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}${path.replace(/\/Observation$/u, "")}`;
  const link =
    page < pages ? [{ relation: "next", url: `${base}/Observation?page=${page + 1}` }] : [];
  const entry = Array.from({ length: entries }, (_, index) => entryOf(base, page * 1000 + index));
  const text = JSON.stringify({
    resourceType: "Bundle",
    type: "searchset",
    total: entries,
    link,
    entry,
  });
  return path.startsWith("/exact") ? text.replaceAll(/("value":\d+\.\d)(?=,)/gu, "$10") : text;
}

function entryOf(base: string, number: number) {
  const id = `f${number}Hq7mXw2dR.kP0vT-c9LzB5nY8sJ4uA6e4`;
  const quantity = (value: number) => ({
    value,
    unit: "g/dL",
    system: "http://unitsofmeasure.org",
    code: "g/dL",
  });
  return {
    link: [{ relation: "self", url: `${base}/Observation/${id}` }],
    fullUrl: `${base}/Observation/${id}`,
    resource: {
      resourceType: "Observation",
      id,
      identifier: [{ use: "usual", system: "urn:oid:2.999.1.798268", value: `${number}` }],
      basedOn: [{ reference: "ServiceRequest/e7Yq2", display: "Hemoglobin" }],
      status: "final",
      category: [
        {
          coding: [
            {
              system: "http://terminology.hl7.org/CodeSystem/observation-category",
              code: "laboratory",
              display: "Laboratory",
            },
          ],
          text: "Laboratory",
        },
      ],
      code: {
        coding: [
          { system: "http://loinc.org", code: "718-7", display: "Hemoglobin" },
          { system: "urn:oid:2.999.1.768282", code: "1526068", display: "HGB" },
        ],
        text: "Hemoglobin",
      },
      subject: { reference: "Patient/e0000000000000000000001", display: "Beam, Ada" },
      encounter: { reference: "Encounter/e0000000000000000000002", display: "Office Visit" },
      effectiveDateTime: "2026-01-03T10:00:00Z",
      issued: "2026-01-03T11:30:00Z",
      valueQuantity: quantity(10 + (number % 9) + 0.5),
      referenceRange: [{ low: quantity(12.5), high: quantity(17.5), text: "12.5 - 17.5 g/dL" }],
    },
    search: { mode: "match" },
  };
}
