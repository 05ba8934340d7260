import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openFhirClient } from "@trestle/fhir/client";
import { expect, onTestFinished, test } from "vitest";
import { athenahealthBaseUrls, athenahealthDialect } from "../src/index.ts";

test("the tenant's parameters are in every address that the client makes, and pages follow the cursor", async () => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(String(request.url));
    const next = `http://${request.headers.host}/fhir/r4/Patient?cursor=c2`;
    const link = heard.length === 1 ? [{ relation: "next", url: next }] : [];
    response.setHeader("content-type", "application/fhir+json");
    response.end(JSON.stringify({ resourceType: "Bundle", type: "searchset", link }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const client = openFhirClient({
    settings: { baseUrl: `http://127.0.0.1:${port}/fhir/r4` },
    dialect: athenahealthDialect({ practice: "Organization/a-1.Practice-1", department: "7" }),
  });
  onTestFinished(async () => {
    await client.close();
    server.close();
  });
  await client.search("Patient", { name: "x" }).all();
  expect(heard).toEqual([
    "/fhir/r4/Patient?name=x&ah-practice=Organization%2Fa-1.Practice-1&ah-department=7",
    "/fhir/r4/Patient?cursor=c2",
  ]);
});

test("production and its preview have one address each", () => {
  for (const url of Object.values(athenahealthBaseUrls))
    expect(new URL(url).protocol).toBe("https:");
});
