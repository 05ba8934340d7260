import type { Observation } from "@trestle/fhir";
import { afterEach, describe, expect, test } from "vitest";
import { type File, codes, kinds, matches } from "./support/answers.ts";
import { type GotJson, type Site, type SiteWish, allBut, startSite } from "./support/site.ts";
import { ids } from "./support/ward.ts";

let site: Site;
const start = async (wish: SiteWish = {}): Promise<Site> => {
  site = await startSite(wish);
  return site;
};
afterEach(() => site.close());

const hourMs = 3_600_000;

function kickOff(query = "", headers: Record<string, string> = {}): Promise<GotJson> {
  return site.json(`Group/${ids.group}/$export${query}`, { prefer: "respond-async", ...headers });
}

function statusUrl({ headers }: GotJson): string {
  return String(headers["content-location"]);
}

/** Lets the hospital work until an export of the two patients is done. */
function work(): void {
  for (let turn = 0; turn < 4; turn += 1) site.clock.advance(1);
}

interface Manifest {
  readonly output: readonly File[];
  readonly error: readonly File[];
}

async function exported(query = ""): Promise<Manifest> {
  const url = statusUrl(await kickOff(query));
  work();
  const { output = [], error = [] } = (await site.json(url)).json;
  return { output, error };
}

async function lines(url: string | undefined): Promise<readonly Record<string, unknown>[]> {
  const { text } = await site.get(url ?? "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("an export", () => {
  test("2.13 kick-off: 202 and the address to ask", async () => {
    await start();
    const got = await kickOff("?_type=patient");
    expect([got.status, got.text]).toEqual([202, ""]);
    expect(statusUrl(got)).toMatch(
      new RegExp(`^${site.root}/api/FHIR/BulkRequest/[0-9A-F]{32}$`, "u"),
    );
  });

  test("2.13 polling: 202 with X-Progress and Retry-After until it is done", async () => {
    await start();
    const url = statusUrl(await kickOff());
    site.clock.advance(1);
    const got = await site.json(url);
    expect([got.status, got.text, got.headers["x-progress"], got.headers["retry-after"]]).toEqual([
      202,
      "",
      "Searching: 1 of 2 patients",
      "120",
    ]);
  });

  test("2.13 done: the manifest, requiresAccessToken a text", async () => {
    await start();
    const started = await kickOff("?_type=patient");
    work();
    const got = await site.get(statusUrl(started));
    expect(got.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(got.text).toBe(
      `{"transactionTime":"1970-01-01T00:00:00Z","request":"${site.base}/Group/${ids.group}/$export?_type=patient","requiresAccessToken":"true","output":[{"type":"Patient","url":"${statusUrl(started)}/1"}],"error":[]}`,
    );
  });

  test("2.13 files: NDJSON, for who has a token", async () => {
    await start();
    const { output } = await exported("?_type=Patient");
    const file = await site.get(output[0]?.url ?? "");
    expect([file.status, file.headers["content-type"]]).toEqual([200, "application/fhir+ndjson"]);
    expect((await lines(output[0]?.url)).map(({ id }) => id)).toEqual([ids.ada, ids.bob]);
    const bare = await site.get(output[0]?.url ?? "", { authorization: "" });
    expect([bare.status, bare.text]).toEqual([401, '""']);
  });

  test("2.13 files hold so many resources at most", async () => {
    await start({ limits: { maxFileResources: 5 } });
    const { output } = await exported("?_type=Observation");
    const sizes = await Promise.all(output.map(async ({ url }) => (await lines(url)).length));
    expect(sizes).toEqual([5, 5, 2]);
  });

  test("2.13 _type: without it whatever may be searched, Binary only where it is named", async () => {
    await start();
    const types = ({ output }: Manifest): readonly string[] => output.map(({ type }) => type);
    const all = types(await exported());
    expect(all).toEqual(
      expect.arrayContaining(["Patient", "Encounter", "Practitioner", "Medication"]),
    );
    expect(all).not.toContain("Binary");
    await site.close();
    await start();
    expect(types(await exported("?_type=DocumentReference,Binary"))).toEqual([
      "DocumentReference",
      "Binary",
    ]);
  });

  test("2.13 _typeFilter: only with _type; filters of a type are alternatives", async () => {
    await start();
    const refused = await kickOff("?_typeFilter=Observation%3Fcategory%3Dlaboratory");
    expect([refused.status, codes(refused)]).toEqual([400, ["59136"]]);
    const filter = encodeURIComponent("Observation?code=2345-7&date=ge2026-02-06");
    const { output } = await exported(`?_type=Observation,Patient&_typeFilter=${filter}`);
    const sizes = await Promise.all(
      output.map(async ({ type, url }) => `${type} ${(await lines(url)).length}`),
    );
    expect(sizes.toSorted()).toEqual(["Observation 3", "Patient 2"]);
  });

  test("2.13 _typeFilter: commas part values as well as filters", async () => {
    await start();
    const filters = "Observation?code=1-1,2345-7&date=ge2026-02-06,Patient?gender=male";
    const { output } = await exported(
      `?_type=Observation,Patient&_typeFilter=${encodeURIComponent(filters)}`,
    );
    const found = await Promise.all(output.map(({ url }) => lines(url)));
    expect(found.map((each) => each.length)).toEqual([3, 1]);
  });

  test("2.13 includeAssociatedData=LatestProvenanceResources", async () => {
    await start();
    const { output } = await exported(
      "?_type=AllergyIntolerance&includeAssociatedData=LatestProvenanceResources",
    );
    expect(output.map(({ type }) => type)).toEqual(["AllergyIntolerance", "Provenance"]);
  });

  test("2.13 _since is ignored: 59100 in the error file", async () => {
    await start();
    const { output, error } = await exported("?_type=Patient&_since=2026-01-01");
    expect(await lines(output[0]?.url)).toHaveLength(2);
    expect(await lines(error[0]?.url)).toMatchObject([
      {
        resourceType: "OperationOutcome",
        issue: [
          {
            details: { coding: [{ code: "59100" }] },
            diagnostics: "Unknown parameter: _SINCE. Parameter has been ignored.",
          },
        ],
      },
    ]);
  });
});

describe("what a client needs for it", () => {
  test.each(["Kick-off", "Status Request", "File Request", "Delete Request"])(
    "2.13 four APIs: without %s it stops there",
    async (subType) => {
      await start({ grant: { apis: allBut({ type: "Group", operation: "$export", subType }) } });
      const started = await kickOff("?_type=Patient");
      const url = statusUrl(started);
      work();
      const [status, file] = [await site.json(url), await site.get(`${url}/1`)];
      const removed = await site.send("DELETE", url);
      const refused = {
        "Kick-off": started,
        "Status Request": status,
        "File Request": file,
        "Delete Request": removed,
      }[subType];
      expect([refused?.status, refused?.text]).toEqual([403, ""]);
    },
  );

  test("2.13 each resource's Search API, else an error in the error file", async () => {
    await start({
      grant: {
        apis: allBut(
          { type: "Goal", operation: "Search" },
          { type: "Condition", operation: "Search", subType: "Problems" },
        ),
      },
    });
    const { output, error } = await exported("?_type=Goal,Condition");
    expect(await lines(output[0]?.url)).toHaveLength(1);
    const said = await lines(error[0]?.url);
    expect(JSON.stringify(said)).toContain("Client not authorized for Goal.");
    expect(JSON.stringify(said)).toContain("Client not authorized for Condition - Problems.");
    expect(JSON.stringify(said)).toContain('"59204"');
  });

  test("2.13 Prefer: respond-async, a known type, a known group", async () => {
    await start();
    const refused = [
      await kickOff("", { prefer: "" }),
      await kickOff("?_type=Nonsense"),
      await site.json("Group/none/$export", { prefer: "respond-async" }),
    ];
    expect(refused.map((got) => [got.status, codes(got)])).toEqual([
      [400, ["59136"]],
      [400, ["59136"]],
      [404, ["59008"]],
    ]);
  });

  test("2.13 no Patient or System export: the web server's page", async () => {
    await start();
    for (const path of ["$export", "Patient/$export", `Patient/${ids.ada}/$export`]) {
      const got = await site.json(path, { prefer: "respond-async" });
      expect([got.status, got.headers["content-type"]]).toEqual([404, "text/html"]);
    }
  });

  test.each(["Bearer other", "Bearer bob"])(
    "an export is not another client's, nor a patient's of the same client: %s",
    async (authorization) => {
      await start();
      const url = statusUrl(await kickOff("?_type=Patient"));
      work();
      for (const path of [url, `${url}/1`]) {
        const got = await site.json(path, { authorization });
        expect([got.status, codes(got)]).toEqual([404, ["59176"]]);
      }
    },
  );

  test("2.6 59007 a restricted patient is in the error file", async () => {
    await start({ switches: { breakTheGlassPatients: { "900002": "4131" } } });
    const { output, error } = await exported("?_type=Patient");
    expect((await lines(output[0]?.url)).map(({ id }) => id)).toEqual([ids.ada]);
    expect(JSON.stringify(await lines(error[0]?.url))).toContain('"59007"');
  });
});

describe("an export of an older release", () => {
  test("5 _typeFilter: is ignored before November 2023, which the error file says", async () => {
    await start({ switches: { release: "August 2023" } });
    const filter = encodeURIComponent("Patient?gender=male");
    const { output, error } = await exported(`?_type=Patient&_typeFilter=${filter}`);
    expect(await lines(output[0]?.url)).toHaveLength(2);
    expect((await site.get(error[0]?.url ?? "")).text).toContain("_TYPEFILTER");
  });
});

describe("an export that cannot be", () => {
  test.each([
    { what: "another Prefer", query: "", headers: { prefer: "return=minimal" } },
    { what: "an unknown type", query: "?_type=Nonsense", headers: {} },
    { what: "_typeFilter alone", query: "?_typeFilter=Patient%3Fgender%3Dmale", headers: {} },
  ])("2.6 59136 for $what: 400", async ({ query, headers }) => {
    await start();
    const got = await kickOff(query, headers);
    expect([got.status, codes(got)]).toEqual([400, ["59136"]]);
  });

  test.each(["0".repeat(32), `${"0".repeat(32)}/1`])(
    "2.6 59176 for %s, which nobody asked for: 404",
    async (path) => {
      await start();
      const got = await site.json(`${site.root}/api/FHIR/BulkRequest/${path}`);
      expect([got.status, codes(got)]).toEqual([404, ["59176"]]);
    },
  );
});

describe("members of other Observations", () => {
  const reading = (id: string): Observation & { readonly id: string } => ({
    resourceType: "Observation",
    id,
    status: "final",
    category: [{ coding: [{ code: "LDA" }] }],
    code: { text: "Line" },
    subject: { reference: `Patient/${ids.ada}` },
  });

  test.each([
    { membersAreListed: false, found: ["eLine00000003"] },
    { membersAreListed: true, found: ["eLine00000003", "ePart00000003"] },
  ])(
    "2.13 members: are found and exported where membersAreListed is $membersAreListed, and read anyway",
    async ({ membersAreListed, found }) => {
      await start({ switches: { membersAreListed } });
      const hasMember = [{ reference: "Observation/ePart00000003" }];
      site.store.put({ ...reading("eLine00000003"), hasMember }).put(reading("ePart00000003"));
      const search = `Observation?patient=${ids.ada}&category=LDA`;
      expect(matches(await site.json(search))).toEqual(found);
      expect(kinds(await site.json(`${search}&_include=Observation:has-member`))).toHaveLength(2);
      expect((await site.json("Observation/ePart00000003")).status).toBe(200);
      const filter = encodeURIComponent("Observation?category=LDA");
      const { output } = await exported(`?_type=Observation&_typeFilter=${filter}`);
      expect((await lines(output[0]?.url)).map(({ id }) => id)).toEqual(found);
    },
  );
});

describe("how often", () => {
  test("2.13 one export per client and group in 24 h", async () => {
    await start();
    await kickOff();
    work();
    site.clock.advance(23 * hourMs);
    const again = await kickOff();
    expect([again.status, again.json.issue[0].diagnostics]).toEqual([
      400,
      "Error processing Bulk Data Kickoff request: Request not allowed: The Client requested this Group too recently.",
    ]);
    expect((await kickOff("", { authorization: "Bearer other" })).status).toBe(202);
    site.clock.advance(hourMs);
    expect((await kickOff()).status).toBe(202);
  });

  test("2.13 DELETE cancels; before it is done it does not count", async () => {
    await start();
    const first = statusUrl(await kickOff());
    expect((await site.send("DELETE", first)).status).toBe(202);
    expect((await site.json(first)).status).toBe(404);
    const second = statusUrl(await kickOff());
    work();
    expect((await site.send("DELETE", second)).status).toBe(202);
    expect((await kickOff()).status).toBe(400);
  });

  test("a site can have another window, or none", async () => {
    await start({ switches: { bulkWindowHours: 0 } });
    expect([(await kickOff()).status, (await kickOff()).status]).toEqual([202, 202]);
  });

  test("2.13 files are kept for fourteen days", async () => {
    await start();
    const url = statusUrl(await kickOff());
    work();
    site.clock.advance(13 * 24 * hourMs);
    expect((await site.json(url)).status).toBe(200);
    site.clock.advance(24 * hourMs);
    expect((await site.json(url)).status).toBe(404);
  });

  test("the oldest export gives way where more are asked for than are kept", async () => {
    await start({ limits: { maxExports: 1 }, switches: { bulkWindowHours: 0 } });
    const [first, second] = [statusUrl(await kickOff()), statusUrl(await kickOff())];
    expect([(await site.json(first)).status, (await site.json(second)).status]).toEqual([404, 202]);
  });
});
