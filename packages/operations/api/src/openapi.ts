import { z } from "zod";
import { type Route, eventsPath } from "./contract/index.ts";
import { problemDetails } from "./contract/shapes.ts";

type Schema = Record<string, unknown>;

/**
 * The OpenAPI document of the routes.
 *
 * @see OpenAPI Specification 3.1.0; its schemas are JSON Schema 2020-12
 */
export function openApiDocument(routes: Readonly<Record<string, Route>>): Schema {
  const components: Record<string, unknown> = {};
  components["Problem"] = jsonSchema(problemDetails, { name: "Problem", components });
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of Object.values(routes)) {
    const path = route.path.replaceAll(/:(?<name>\w+)/gu, "{$<name>}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, components) };
  }
  paths[eventsPath] = { get: eventStream };
  return {
    openapi: "3.1.0",
    info,
    servers: [{ url: "/" }],
    paths,
    components: { schemas: components, securitySchemes },
  };
}

function operation(route: Route, components: Record<string, unknown>): Schema {
  const { name, summary, needs } = route;
  return {
    operationId: name,
    summary,
    ...(needs === "nobody" ? {} : { description: `Needs ${needs}.` }),
    security: needs === "nobody" ? [] : [{ session: [] }, { token: [] }],
    parameters: [
      ...parameters("path", route.params, { name, components }),
      ...parameters("query", route.query, { name, components }),
      ...(mayReveal.test(route.path) ? [purposeHeader] : []),
    ],
    ...requestBody(route, components),
    responses: {
      200: {
        description: "Done.",
        content: json(jsonSchema(route.reply, { name: `${name}Reply`, components })),
      },
      default: {
        description: "What went wrong.",
        content: { "application/problem+json": { schema: problemRef } },
      },
    },
  };
}

interface Target {
  /** Prefix of the schemas that this one shares with itself. */
  readonly name: string;
  readonly components: Record<string, unknown>;
}

function parameters(place: "path" | "query", shape: z.ZodType, target: Target): Schema[] {
  const schema = jsonSchema(shape, { ...target, io: "input" });
  const required = (schema["required"] ?? []) as readonly string[];
  return Object.entries((schema["properties"] ?? {}) as Record<string, Schema>).map(
    ([name, one]) => ({
      name,
      in: place,
      required: place === "path" || required.includes(name),
      schema: one,
    }),
  );
}

function requestBody(route: Route, components: Record<string, unknown>): Schema {
  const name = `${route.name}Body`;
  const schema = jsonSchema(route.body, { name, components, io: "input" });
  const isEmpty = Object.keys(schema["properties"] ?? {}).length === 0;
  return isEmpty ? {} : { requestBody: { required: true, content: json(schema) } };
}

/** Recursive shapes come as definitions inside the schema; OpenAPI wants them among components. */
function jsonSchema(shape: z.ZodType, options: Target & { io?: "input" | "output" }): Schema {
  const { name, components, io = "output" } = options;
  const made = z.toJSONSchema(shape, { io, unrepresentable: "any" });
  const text = JSON.stringify(made).replaceAll('"#/$defs/', `"#/components/schemas/${name}.`);
  const { $defs = {}, $schema: _dialect, ...schema } = JSON.parse(text) as Schema;
  for (const [key, value] of Object.entries($defs as Schema)) components[`${name}.${key}`] = value;
  return schema;
}

function json(schema: Schema): Schema {
  return { "application/json": { schema } };
}

const info = {
  title: "Trestle",
  version: "1",
  description:
    "Lists page by cursor: send `next` of a page as `cursor`. Failures are problem details (RFC 9457) with a stable `code` and a `hint`. Patient data is masked unless the header Trestle-Purpose says why somebody looks; each look is kept in the access record.",
};

const securitySchemes = {
  session: { type: "apiKey", in: "cookie", name: "trestle_session" },
  token: {
    type: "http",
    scheme: "bearer",
    description: "The file operator.token of the data folder.",
  },
};

const problemRef = { $ref: "#/components/schemas/Problem" };
const mayReveal = /\/(?:messages|patients)/u;

const purposeHeader = {
  name: "Trestle-Purpose",
  in: "header",
  required: false,
  description: "Why somebody looks at patient data; kept in the access record.",
  schema: { type: "string", enum: ["troubleshooting", "patient-care", "testing", "audit"] },
};

const eventStream = {
  operationId: "followEvents",
  summary: "Follow what happens: server-sent events `messages` and `changed`.",
  description: "Needs messages.read. Holds no patient data.",
  security: [{ session: [] }, { token: [] }],
  responses: {
    200: {
      description: "A stream that ends when the hub does.",
      content: { "text/event-stream": {} },
    },
    default: {
      description: "What went wrong.",
      content: { "application/problem+json": { schema: problemRef } },
    },
  },
};
