import { Secret } from "@trestle/base";
import { expect, onTestFinished, test } from "vitest";
import { startApplication } from "../src/index.ts";
import { type Surroundings, startSurroundings } from "./support/hospital.ts";

const beam = { id: "1", identifiers: [{ system: "a", value: "900001" }] };

test("a launch asks the hub about the patient at the site of the hospital that launches", async () => {
  const around = await surroundings([beam]);
  const page = await launched(around, around.fhirBase);
  expect(page).toMatchObject({ status: 200 });
  expect(page.body).toContain("Ada Beam");
  expect(page.body).toContain("/patients/1");
  expect(around.searches).toEqual([{ site: "lakeshore", search: "900001" }]);
});

test.each([
  { how: "with a slash at its end", written: (base: string) => `${base}/` },
  { how: "without the one that it is known by", written: (base: string) => base, known: "/" },
])("it is the same site where the hospital names its server $how", async ({ written, known }) => {
  const around = await surroundings([beam]);
  const servers = { [`${around.fhirBase}${known ?? ""}`]: "lakeshore" };
  expect(await launched(around, written(around.fhirBase), servers)).toMatchObject({ status: 200 });
  expect(around.searches).toEqual([{ site: "lakeshore", search: "900001" }]);
});

test.each([
  { how: "in other letters", written: (base: string) => base.replace("/fhir", "/FHIR") },
  { how: "that nobody knows", written: () => "http://127.0.0.1:9/fhir" },
])("a server $how is refused, and the hub is asked nothing", async ({ written }) => {
  const around = await surroundings([beam]);
  const page = await launched(around, written(around.fhirBase));
  expect(page).toMatchObject({ status: 502 });
  expect(page.body).toContain("smart.issuerNotAllowed");
  expect(around.searches).toEqual([]);
});

test.each([
  {
    what: "begins alike",
    heardOf: [{ ...beam, identifiers: [{ system: "a", value: "9000012" }] }],
  },
  { what: "is that of two people", heardOf: [beam, { ...beam, id: "2" }] },
])("a number that $what shows nobody's record", async ({ heardOf }) => {
  const around = await surroundings(heardOf);
  const page = await launched(around, around.fhirBase);
  expect(page.body).toContain("The hub has not heard of this patient yet");
});

async function surroundings(heardOf: readonly object[]): Promise<Surroundings> {
  const around = await startSurroundings(heardOf);
  onTestFinished(() => around.close());
  return around;
}

/** Launches the application as a browser would, with a hospital's server named as `iss`. */
async function launched(
  { fhirBase, hubUrl }: Surroundings,
  iss: string,
  servers: Readonly<Record<string, string>> = { [fhirBase]: "lakeshore" },
): Promise<{ status: number; body: string }> {
  const hubToken = new Secret("t".repeat(43));
  const application = await startApplication({
    host: "127.0.0.1",
    port: 0,
    maxBodyBytes: 1000,
    launch: { clientId: "sample", servers, hubUrl, hubToken },
  });
  onTestFinished(() => application.stop());
  const query = new URLSearchParams({ iss, launch: "l1" }).toString();
  const begun = await fetch(`${application.url}/launch?${query}`, { redirect: "manual" });
  if (begun.status !== 302) return { status: begun.status, body: await begun.text() };
  const asked = new URL(begun.headers.get("location") ?? "").searchParams;
  const code = asked.get("nonce") ?? "";
  const back = new URLSearchParams({ code, state: asked.get("state") ?? "" }).toString();
  const cookie = begun.headers.get("set-cookie")?.split(";")[0] ?? "";
  const page = await fetch(`${application.url}/callback?${back}`, { headers: { cookie } });
  return { status: page.status, body: await page.text() };
}
