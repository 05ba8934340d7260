import { FakeClock } from "@trestle/testkit";
import { describe, expect, test } from "vitest";
import { type Dialect, plainDialect } from "../../src/client/index.ts";
import { Aliases } from "../../src/client/aliases.ts";
import { HTML_PAGE, outcomeOf, pageOf } from "../support/invented.ts";
import { failureOf, opened } from "../support/opened.ts";
import { baseOf, inTurn } from "../support/scripted-server.ts";

const patient = (id: string) => ({ resourceType: "Patient", id }) as const;

describe("merged patients", () => {
  test("a redirect is followed to the survivor, and remembered for reads and searches", async () => {
    const { client, server } = await opened((heard) => {
      if (heard.path === "/Patient/old") {
        return { status: 301, headers: { location: `${baseOf(heard)}/Patient/new` } };
      }
      return heard.path === "/Patient/new" ? { body: patient("new") } : { body: pageOf([]) };
    });
    expect(await client.read("Patient", "old")).toEqual(patient("new"));
    expect(client.aliases.entries()).toEqual([["old", "new"]]);
    await client.readReference("Patient/old");
    await client.search("Condition", { patient: "old" }).all();
    await client.search("Condition", { subject: "Patient/old" }).all();
    expect(server.heard.map(({ url }) => url)).toEqual([
      "/fhir/Patient/old",
      "/fhir/Patient/new",
      "/fhir/Patient/new",
      "/fhir/Condition?patient=new",
      "/fhir/Condition?subject=Patient%2Fnew",
    ]);
  });

  test("an outcome that says so is followed where it names an address", async () => {
    const dialect: Dialect = { ...plainDialect, codes: { 4107: { error: "mergedAway" } } };
    const body = outcomeOf("fatal", "processing", "4107");
    const { client } = await opened(
      ({ path }) =>
        path === "/Patient/old"
          ? { status: 410, headers: { location: "Patient/new" }, body }
          : { body: patient("new") },
      { dialect },
    );
    expect(await client.read("Patient", "old")).toEqual(patient("new"));
    const nameless = await opened(inTurn({ status: 410, body }), { dialect });
    expect(await failureOf(nameless.client.read("Patient", "old"))).toMatchObject({
      code: "fhir.mergedAway",
    });
  });

  test("a record that names its replacement is followed", async () => {
    const { client } = await opened(({ path }) =>
      path === "/Patient/old"
        ? {
            body: {
              ...patient("old"),
              active: false,
              link: [{ type: "replaced-by", other: { reference: "Patient/new" } }],
            },
          }
        : { body: patient("new") },
    );
    expect(await client.read("Patient", "old")).toEqual(patient("new"));
    expect(client.aliases.resolve("old")).toBe("new");
  });

  test("an alias that was heard of elsewhere is used", async () => {
    const { client, server } = await opened(inTurn({ body: patient("new") }));
    client.aliases.set("old", "new");
    await client.read("Patient", "old");
    expect(server.heard[0]?.path).toBe("/Patient/new");
  });

  test("a circle of redirects ends", async () => {
    const { client } = await opened((heard) => ({
      status: 302,
      headers: { location: `${baseOf(heard)}/Patient/${heard.path === "/Patient/a" ? "b" : "a"}` },
    }));
    expect(await failureOf(client.read("Patient", "a"))).toMatchObject({
      code: "fhir.tooManyRedirects",
    });
  });

  test("a redirect to another host, as to a sign-in page, is not followed", async () => {
    const location = "https://sign-in.example/";
    const { client } = await opened(
      inTurn({ status: 302, headers: { location }, body: HTML_PAGE }),
    );
    expect(await failureOf(client.read("Patient", "a"))).toMatchObject({
      code: "fhir.foreignAddress",
    });
  });

  test("chains resolve, circles do not hang, and the oldest is forgotten", () => {
    const aliases = new Aliases(3);
    aliases.set("a", "b");
    aliases.set("b", "c");
    expect(aliases.resolve("a")).toBe("c");
    aliases.set("c", "a");
    expect(aliases.resolve("b")).toBe("a");
    aliases.set("d", "e");
    aliases.set("f", "g");
    expect(aliases.entries()).toHaveLength(3);
    expect(aliases.resolve("unknown")).toBe("unknown");
  });
});

describe("many reads", () => {
  test("come in the order asked, side by side, and one that fails does not end the others", async () => {
    let running = 0;
    let most = 0;
    const { client } = await opened(async ({ path }) => {
      running += 1;
      most = Math.max(most, running);
      await turn();
      if (path.endsWith("1")) await turn();
      running -= 1;
      return path.endsWith("3") ? { status: 404 } : { body: patient(path.slice(9)) };
    });
    const references = Array.from({ length: 9 }, (_, index) => `Patient/${index}`);
    const seen: string[] = [];
    for await (const outcome of client.readMany(["bad", ...references], { concurrency: 4 })) {
      seen.push(outcome.ok ? String(outcome.resource.id) : outcome.error.code);
    }
    expect(seen).toEqual([
      "fhir.badAddress",
      "0",
      "1",
      "2",
      "fhir.notServed",
      "4",
      "5",
      "6",
      "7",
      "8",
    ]);
    expect(most).toBe(4);
  });
});

describe("kept answers", () => {
  test("serve who says how old one may be, and nobody else", async () => {
    const clock = new FakeClock();
    const { client, server } = await opened(inTurn({ body: patient("p") }), { clock });
    await client.read("Patient", "p");
    const kept = await client.read("Patient", "p", { maxAgeSeconds: 60 });
    kept.birthDate = "changed by one reader";
    expect(await client.read("Patient", "p", { maxAgeSeconds: 60 })).toEqual(patient("p"));
    expect(server.heard).toHaveLength(1);
    await client.read("Patient", "p");
    expect(server.heard).toHaveLength(2);
    clock.advance(61_000);
    await client.read("Patient", "p", { maxAgeSeconds: 60 });
    expect(server.heard).toHaveLength(3);
    client.forgetAnswers();
    await client.read("Patient", "p", { maxAgeSeconds: 60 });
    expect(server.heard).toHaveLength(4);
    clock.advance(-3_600_000);
    await client.read("Patient", "p", { maxAgeSeconds: 60 });
    expect(server.heard).toHaveLength(5);
  });

  test("are dropped by an update, and beyond their limits", async () => {
    const { client, server } = await opened(
      ({ method, path }) => ({ body: method === "PUT" ? "" : patient(path.slice(9)) }),
      { settings: { cache: { maxEntries: 1, maxBytes: 1000 } } },
    );
    await client.read("Patient", "p");
    await client.update(patient("p"));
    await client.read("Patient", "p", { maxAgeSeconds: 60 });
    expect(server.heard.map(({ method }) => method)).toEqual(["GET", "PUT", "GET"]);
    await client.read("Patient", "q");
    await client.read("Patient", "p", { maxAgeSeconds: 60 });
    expect(server.heard).toHaveLength(5);
  });
});

test("capabilities are read, and kept for who says how old they may be", async () => {
  const body = { resourceType: "CapabilityStatement", fhirVersion: "4.0.1" };
  const { client, server } = await opened(inTurn({ body }));
  expect(await client.capabilities()).toEqual(body);
  expect(await client.capabilities({ maxAgeSeconds: 60 })).toEqual(body);
  expect(server.heard.map(({ path }) => path)).toEqual(["/metadata"]);
});

describe("documents", () => {
  test("come as the server sends them", async () => {
    const { client, server } = await opened(
      inTurn({ headers: { "content-type": "text/html" }, body: "<p>note</p>" }),
    );
    const { contentType, bytes } = await client.binary("Binary/b.1", { contentType: "text/html" });
    expect([contentType, Buffer.from(bytes).toString()]).toEqual(["text/html", "<p>note</p>"]);
    expect(server.heard[0]?.headers.accept).toMatch(/^text\/html, /u);
  });

  test("are where a redirect within the site leads, and give their place back", async () => {
    const { client } = await opened(
      ({ path }) =>
        path === "/Binary/b1"
          ? { status: 302, headers: { location: "/files/1" }, body: HTML_PAGE }
          : { headers: { "content-type": "text/plain" }, body: "note" },
      { settings: { maxConcurrent: 1 } },
    );
    for (let time = 0; time < 2; time += 1) {
      const { contentType, bytes } = await client.binary("Binary/b1");
      expect([contentType, Buffer.from(bytes).toString()]).toEqual(["text/plain", "note"]);
    }
  });

  test("are taken out of a Binary resource", async () => {
    const data = Buffer.from("rtf").toString("base64");
    const body = { resourceType: "Binary", contentType: "application/rtf", data };
    const { client, server } = await opened(inTurn({ body }));
    const { contentType, bytes } = await client.binary(`${server.baseUrl}/Binary/b1`);
    expect([contentType, Buffer.from(bytes).toString()]).toEqual(["application/rtf", "rtf"]);
  });

  test("that are refused within a good status are an error", async () => {
    const { client } = await opened(inTurn({ body: pageOf([outcomeOf("fatal", "forbidden")]) }));
    expect(await failureOf(client.binary("Binary/b1"))).toMatchObject({
      code: "fhir.userNotPermitted",
    });
  });

  test("beyond maxBinaryBytes are refused, and the place is given back", async () => {
    const { client } = await opened(inTurn({ body: "x".repeat(5000) }), {
      settings: { maxBinaryBytes: 1024, maxConcurrent: 1 },
    });
    for (let time = 0; time < 3; time += 1) {
      expect(await failureOf(client.binary("Binary/b1"))).toMatchObject({
        code: "fhir.answerTooLarge",
      });
    }
  });
});

/** Long enough for requests to be under way together. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 8));
}
