import { expect, test } from "vitest";
import { type Route, routes } from "../src/contract/index.ts";
import { fhirHandlers, handlers, openHandlers } from "../src/handlers/index.ts";
import { openApiDocument } from "../src/index.ts";

const all = Object.values<Route>(routes);
const document = openApiDocument(routes);

test("every route has its handler, and only those that need no sign-in are open", () => {
  expect(Object.keys({ ...openHandlers, ...fhirHandlers, ...handlers }).toSorted()).toEqual(
    Object.keys(routes).toSorted(),
  );
  const open = all.filter(({ needs }) => needs === "nobody").map(({ name }) => name);
  expect(Object.keys(openHandlers)).toEqual(open);
});

test("every route is named as the contract names it", () => {
  expect(all.map(({ name }) => name)).toEqual(Object.keys(routes));
});

test("OpenAPI lists every route, and the event stream", () => {
  const paths = document["paths"] as Record<string, Record<string, { operationId: string }>>;
  const listed = Object.values(paths).flatMap((operations) =>
    Object.values(operations).map(({ operationId }) => operationId),
  );
  const expected = [...all.map(({ name }) => name), "followEvents"];
  expect(listed.toSorted()).toEqual(expected.toSorted());
});

test("every reference of the OpenAPI document leads somewhere", () => {
  const text = JSON.stringify(document);
  const { schemas } = document["components"] as { schemas: Record<string, unknown> };
  const references = [...text.matchAll(/"\$ref":"(?<path>[^"]+)"/gu)].map(
    ({ groups }) => groups?.["path"] ?? "",
  );
  expect(references.length).toBeGreaterThan(3);
  for (const reference of references) {
    expect(Object.keys(schemas)).toContain(reference.replace("#/components/schemas/", ""));
  }
  expect(text).not.toContain("$defs");
});

test("what is searched for travels in no URL", () => {
  const names = all.flatMap(({ query }) => Object.keys((query as { shape?: object }).shape ?? {}));
  expect(names).not.toContain("search");
  expect(names).not.toContain("patient");
});
