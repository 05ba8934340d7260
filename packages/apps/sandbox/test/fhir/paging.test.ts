import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { loadProfile } from "../../src/io/load-profile.ts";
import { link, matches as found, relations } from "./support/answers.ts";
import { type GotJson, type Site, type SiteWish, startSite } from "./support/site.ts";
import { ids } from "./support/ward.ts";

let site: Site;
const start = async (wish: SiteWish = {}): Promise<Site> => {
  site = await startSite(wish);
  return site;
};
afterEach(() => site.close());

const all = `Observation?patient=${ids.ada}&category=vital-signs,laboratory`;

async function everyPage(path: string): Promise<readonly GotJson[]> {
  const pages: GotJson[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const page = await site.json(next);
    pages.push(page);
    next = link(page, "next");
  }
  return pages;
}

describe("pages", () => {
  test("2.5 links: next, then self, and no others", async () => {
    await start();
    const got = await site.json(`${all}&_count=5`);
    expect(relations(got)).toEqual(["next", "self"]);
    expect(link(got, "next")).toMatch(
      new RegExp(`^${site.base}/Observation\\?sessionID=\\d\\d-[0-9A-F]{32}$`, "u"),
    );
  });

  test("2.5 self: by the alphabet, _count last, unknown parameters repeated", async () => {
    await start();
    const got = await site.json(
      `Condition?_count=1&patient=${ids.ada}&nonsense=1&category=problem-list-item`,
    );
    expect(link(got, "self")).toBe(
      `${site.base}/Condition?category=problem-list-item&nonsense=1&patient=${ids.ada}&_count=1`,
    );
  });

  test("2.5 the same sessionID on each page, every match once", async () => {
    await start();
    const pages = await everyPage(`${all}&_count=5`);
    const nexts = pages.flatMap((page) => link(page, "next") ?? []);
    expect([pages.length, new Set(nexts).size]).toEqual([3, 1]);
    expect(new Set(pages.flatMap(found)).size).toBe(12);
  });

  test("2.5 every match once and in order, whatever the size of a page and what is filtered", async () => {
    await start();
    const whole = await site.json(all);
    const amended = await site.json(`${all}&status=amended`);
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 14 }),
      fc.boolean(),
      async (count, isFiltered) => {
        const pages = await everyPage(
          `${all}&_count=${count}${isFiltered ? "&status=amended" : ""}`,
        );
        expect(pages.flatMap(found)).toEqual(found(isFiltered ? amended : whole));
        expect(pages.length).toBe(Math.ceil(12 / count));
      },
    );
    await fc.assert(property, { numRuns: 20 });
  });

  test("2.5 total: of the page, and of all where a site counts so", async () => {
    await start();
    const pages = await everyPage(`${all}&_count=5`);
    expect(pages.map(({ json }) => json.total)).toEqual([5, 5, 2]);
    await site.close();
    await start({ switches: { totalIsPageLocal: false } });
    expect((await site.json(`${all}&_count=5`)).json.total).toBe(12);
  });

  test("2.5 _summary=count: the true total and no entries", async () => {
    await start();
    const got = await site.json(`${all}&_summary=count&_count=5`);
    expect([got.json.total, got.json.entry]).toEqual([12, undefined]);
  });

  test("2.5 default page: the site's; _count up to 1000 is taken", async () => {
    await start({ switches: { pageDefault: 7 } });
    expect((await site.json(all)).json.total).toBe(7);
    expect((await site.json(`${all}&_count=1000`)).json.total).toBe(12);
    expect((await site.json(`${all}&_count=nonsense`)).json.total).toBe(7);
  });

  test("2.5 post-filter: a page may hold fewer, even none, and have a next", async () => {
    await start();
    const pages = await everyPage(`${all}&status=final&_count=1`);
    expect(pages.length).toBe(12);
    expect(pages.map(({ json }) => json.total)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    expect(link(pages[0] ?? (await site.json(all)), "next")).toBeDefined();
    const counted = await site.json(`${all}&status=final&_summary=count`);
    expect(counted.json.total).toBe(6);
  });

  test("7 paging: athenahealth goes on by a cursor, to the end", async () => {
    const { pageParameter } = (await loadProfile("athenahealth")).switches;
    await start({ switches: { pageParameter } });
    const pages = await everyPage(`${all}&_count=5&ah-practice=Organization%2Fa-1.Practice-1`);
    expect(link(pages[0] ?? (await site.json(all)), "next")).toMatch(
      /\/Observation\?cursor=[\w-]+$/u,
    );
    expect(pages.map((page) => found(page).length)).toEqual([5, 5, 2]);
  });

  test("2.5 next: repeats the parameters at a release that does", async () => {
    await start({ switches: { keepQueryInNext: true } });
    const got = await site.json(`Condition?patient=${ids.ada}&_count=1`);
    expect(link(got, "next")).toContain(`/Condition?patient=${ids.ada}&_count=1&sessionID=`);
    const next = await site.json(link(got, "next") ?? "");
    expect([next.status, found(next).length]).toEqual([200, 1]);
  });
});

describe("a session that is over", () => {
  const code = ({ json }: GotJson): string => json.issue[0].details.coding[0].code;

  test("2.5 expired session: 4113 fatal", async () => {
    await start({ switches: { sessionSeconds: 60 } });
    const first = await site.json(`${all}&_count=2`);
    site.clock.advance(60_000);
    const inTime = await site.json(link(first, "next") ?? "");
    expect(inTime.status).toBe(200);
    site.clock.advance(60_001);
    const late = await site.json(link(first, "next") ?? "");
    expect([late.status, code(late), late.json.issue[0].details.text]).toEqual([
      400,
      "4113",
      "Session ID for cached search results has expired.",
    ]);
  });

  test("is not another client's, nor another type's, nor there after its last page", async () => {
    await start();
    const first = await site.json(`${all}&_count=6`);
    const next = link(first, "next") ?? "";
    const other = await site.json(next, { authorization: "Bearer other" });
    const ofType = await site.json(next.replace("/Observation?", "/Condition?"));
    expect([other.status, code(other), ofType.status]).toEqual([400, "4113", 400]);
    expect((await site.json(next)).json.total).toBe(6);
    expect((await site.json(next)).status).toBe(400);
  });

  test("is not for another user of the same client", async () => {
    const ada = { user: { kind: "patient", patientId: ids.ada }, patientId: ids.ada } as const;
    await start({ grant: ada });
    const next = link(await site.json(`${all}&_count=6`), "next") ?? "";
    const other = await site.json(next, { authorization: "Bearer bob" });
    expect([other.status, code(other)]).toEqual([400, "4113"]);
    expect((await site.json(next)).json.total).toBe(6);
  });

  test("gives way where more are open than are kept", async () => {
    await start({ limits: { maxSessions: 1 } });
    const [first, second] = [
      await site.json(`${all}&_count=2`),
      await site.json(`${all}&_count=2`),
    ];
    expect((await site.json(link(first, "next") ?? "")).status).toBe(400);
    expect((await site.json(link(second, "next") ?? "")).status).toBe(200);
  });
});
