import { FakeClock } from "@trestle/testkit";
import { describe, expect, test } from "vitest";
import { OpenSearches } from "../src/open-searches.ts";

interface Page {
  readonly name: string;
  readonly isLast: boolean;
}

/** Of which none knows that it is the last. */
async function* pagesOf(...names: readonly string[]): AsyncGenerator<Page, void> {
  for (const name of names) yield { name, isLast: false };
}

const opened = (options: { maxOpen?: number; clock?: FakeClock } = {}) =>
  new OpenSearches<Page>({
    clock: options.clock ?? new FakeClock(),
    maxOpen: options.maxOpen ?? 10,
    idleSeconds: 60,
  });

describe("a search that is read page by page", () => {
  test("gives its pages in order, and nothing behind the last", async () => {
    const searches = opened();
    const first = await searches.start(pagesOf("a", "b"), "lakeshore");
    const second = await searches.next(first.cursor ?? "", "lakeshore");
    const third = await searches.next(second?.cursor ?? "", "lakeshore");
    expect([first.page?.name, second?.page?.name, third]).toEqual(["a", "b", {}]);
  });

  test("has no cursor behind a page that is known to be the last", async () => {
    async function* one(): AsyncGenerator<Page, void> {
      yield { name: "a", isLast: true };
    }
    expect(await opened().start(one(), "lakeshore")).toEqual({ page: { name: "a", isLast: true } });
  });

  test("gives the same page to who asks again after a lost answer", async () => {
    const searches = opened();
    const first = await searches.start(pagesOf("a", "b", "c"), "lakeshore");
    const again = [1, 2].map(() => searches.next(first.cursor ?? "", "lakeshore"));
    const [one, other] = await Promise.all(again);
    expect([one?.page?.name, other?.page?.name]).toEqual(["b", "b"]);
    expect(one?.cursor).toBe(other?.cursor);
  });

  test("holds no page that was read on from, however long it is", async () => {
    const searches = opened({ maxOpen: 4 });
    const other = await searches.start(pagesOf("x", "y"), "lakeshore");
    const long = Array.from({ length: 50 }, (_each, page) => `${page}`);
    const first = await searches.start(pagesOf(...long), "lakeshore");
    const cursors = [first.cursor ?? ""];
    for (let read = 1; read < long.length; read += 1) {
      const page = await searches.next(cursors.at(-1) ?? "", "lakeshore");
      expect(page?.page?.name).toBe(`${read}`);
      cursors.push(page?.cursor ?? "");
    }
    const [last, before] = [cursors.at(-2) ?? "", cursors.at(-3) ?? ""];
    expect((await searches.next(last, "lakeshore"))?.page?.name).toBe("49");
    expect(await searches.next(before, "lakeshore")).toBeUndefined();
    expect((await searches.next(other.cursor ?? "", "lakeshore"))?.page?.name).toBe("y");
  });

  test("opens for no other site, and by no other cursor", async () => {
    const searches = opened();
    const first = await searches.start(pagesOf("a", "b"), "lakeshore");
    expect(await searches.next(first.cursor ?? "", "riverside")).toBeUndefined();
    expect(await searches.next("made up", "lakeshore")).toBeUndefined();
  });

  test("ends when nobody reads on, or when there are too many", async () => {
    const clock = new FakeClock();
    const searches = opened({ clock, maxOpen: 2 });
    const idle = await searches.start(pagesOf("a", "b"), "lakeshore");
    clock.advance(61_000);
    expect(await searches.next(idle.cursor ?? "", "lakeshore")).toBeUndefined();
    const [oldest, ...rest] = [
      await searches.start(pagesOf("a", "b"), "lakeshore"),
      await searches.start(pagesOf("c", "d"), "lakeshore"),
      await searches.start(pagesOf("e", "f"), "lakeshore"),
    ];
    expect(await searches.next(oldest?.cursor ?? "", "lakeshore")).toBeUndefined();
    expect((await searches.next(rest[1]?.cursor ?? "", "lakeshore"))?.page?.name).toBe("f");
  });

  test("is over after a failure, which everybody who waits hears", async () => {
    async function* failing(): AsyncGenerator<Page, void> {
      yield { name: "a", isLast: false };
      throw new Error("gone");
    }
    const searches = opened();
    const first = await searches.start(failing(), "lakeshore");
    await expect(searches.next(first.cursor ?? "", "lakeshore")).rejects.toThrow("gone");
    expect(await searches.next(first.cursor ?? "", "lakeshore")).toBeUndefined();
  });
});
