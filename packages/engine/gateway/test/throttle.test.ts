import { FakeClock } from "@trestle/testkit";
import { expect, test } from "vitest";
import { everything, opened, page, patient, search } from "./support/opened-gateway.ts";

/** Over when all that needs no socket is done. */
const bothWait = () => new Promise((resolve) => setImmediate(resolve));

test("all who ask a site share its throttle, and signing in does not count", async () => {
  const clock = new FakeClock();
  const throttle = { requestsPerSecond: 1, burst: 1 };
  const answers = { "/Patient/p1": { body: patient }, "/Patient?_id=p1": page([patient]) };
  const { gateway, server } = await opened(answers, everything, { clock, throttle });
  await gateway.read("lakeshore", { type: "Patient", id: "p1" });
  const [application, probe] = ["application", "probe"].map((reader) =>
    search(gateway, "Patient?_id=p1", reader),
  );
  await bothWait();
  clock.advance(999);
  await bothWait();
  expect({ asked: server.asked.length, tokens: server.tokens }).toEqual({ asked: 1, tokens: 1 });
  clock.advance(1);
  await application;
  expect(server.asked).toHaveLength(2);
  clock.advance(1000);
  await probe;
  expect(server.asked).toHaveLength(3);
});

test("what is asked of a site at most is told with how it answers", async () => {
  const throttle = { requestsPerSecond: 2.5 };
  const { gateway } = await opened({}, everything, { throttle });
  expect(gateway.connections()).toMatchObject([
    { load: { maxConcurrent: 8, throttle: { requestsPerSecond: 2.5, burst: 3 } } },
  ]);
});
