/** The parts of an OpenAPI document that the page shows. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly $ref?: string;
}

/** `docs/reference/api.md` from the OpenAPI document of the routes. */
export function apiPage({ paths }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      section(`${method.toUpperCase()} ${path}`, operation),
    ),
  );
  return `${[head, ...operations].join("\n\n")}\n`;
}

function section(title: string, operation: Operation): string {
  const body = operation.requestBody?.content["application/json"]?.schema;
  const reply = operation.responses["200"]?.content?.["application/json"]?.schema;
  const parameters = (operation.parameters ?? []).map((parameter) =>
    row(`${parameter.name} (${parameter.in})`, parameter.required, {
      ...parameter.schema,
      description: parameter.description ?? parameter.schema.description ?? "",
    }),
  );
  return [
    `## ${title}`,
    [operation.summary, operation.description].filter((text) => text !== undefined).join(" "),
    ...table("parameter", parameters),
    ...table("body", rowsOf(body)),
    ...table("reply", rowsOf(reply)),
  ].join("\n\n");
}

function table(title: string, rows: readonly string[]): readonly string[] {
  if (rows.length === 0) return [];
  return [[`| ${title} | type | |`, "|---|---|---|", ...rows].join("\n")];
}

function rowsOf(schema: Schema | undefined): readonly string[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, property]) => {
    const isRequired = schema?.required?.includes(name) === true;
    const inner = Object.entries(property.items?.properties ?? property.properties ?? {});
    const mark = property.items === undefined ? "." : "[].";
    return [
      row(name, isRequired, property),
      ...inner.map(([key, value]) => row(`${name}${mark}${key}`, true, value)),
    ];
  });
}

function row(name: string, isRequired: boolean, schema: Schema): string {
  const notes = [
    schema.description ?? "",
    schema.default === undefined ? "" : `Default: ${JSON.stringify(schema.default)}.`,
    isRequired || schema.default !== undefined ? "" : "Optional.",
  ].filter((note) => note !== "");
  return `| \`${name}\` | ${typeOf(schema)} | ${notes.join(" ").replaceAll("|", "\\|")} |`;
}

function typeOf(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(", ");
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1) ?? "";
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  return schema.format === "date-time" ? "instant" : (schema.type ?? "any");
}

const head = `# HTTP API

Made from the code by \`npm run docs\`; a test fails when it is out of date. A running hub serves the
same as OpenAPI at \`/api/openapi.json\` and as a page at \`/api/docs\`.

- **Sign in** with the header \`Authorization: Bearer …\` and the operator token of the data folder, or
  with the session cookie of the console.
- **Lists** are pages: send \`next\` of a page as \`cursor\` to get the one after it.
- **Failures** are \`application/problem+json\` with a stable \`code\` and a \`hint\`; the codes are on
  the [page of errors](errors.md).
- **Patient data** is masked unless the header \`Trestle-Purpose\` says why somebody looks; each look is
  kept in the access record.`;
