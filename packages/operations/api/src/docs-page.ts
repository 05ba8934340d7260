import { z } from "zod";
import { type Route, eventsPath } from "./contract/index.ts";
import { escapeHtml, page } from "./page.ts";

/** A page that people read: every route with what it takes and answers. */
export function docsPage(routes: Readonly<Record<string, Route>>): string {
  const listed = Object.values(routes);
  const contents = listed.map(
    ({ name, method, path, summary }) =>
      `<li><a href="#${name}"><code>${method} ${escapeHtml(path)}</code></a> ${escapeHtml(summary)}</li>`,
  );
  return page(
    "Trestle API",
    `<h1>Trestle API</h1>
<p>Lists page by cursor: send <code>next</code> of a page as <code>cursor</code>. Failures are
<code>application/problem+json</code> with a stable <code>code</code> and a <code>hint</code>.
Patient data is masked unless the header <code>Trestle-Purpose</code> says why somebody looks; each
look is kept in the access record. Sign in with a link, or send the file <code>operator.token</code>
of the data folder as <code>Authorization: Bearer</code>. The same as data:
<a href="/api/openapi.json">/api/openapi.json</a>. Events: <code>GET ${eventsPath}</code>.</p>
<ul>${contents.join("\n")}</ul>
${listed.map(section).join("\n")}`,
  );
}

function section(route: Route): string {
  const { name, method, path, summary, needs } = route;
  return `<section id="${name}"><h2><code>${method} ${escapeHtml(path)}</code></h2>
<p>${escapeHtml(summary)} ${needs === "nobody" ? "Needs no sign-in." : `Needs <code>${needs}</code>.`}</p>
${table("In the path", route.params)}${table("In the query", route.query)}${table("In the body", route.body)}
<details><summary>Reply</summary><pre>${escapeHtml(schemaText(route.reply))}</pre></details></section>`;
}

interface Property {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
}

function table(title: string, shape: z.ZodType): string {
  const schema = z.toJSONSchema(shape, { io: "input", unrepresentable: "any" });
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Property>);
  if (properties.length === 0) return "";
  const rows = properties.map(([name, property]) => {
    const type = property.enum?.join(", ") ?? property.type ?? "";
    const isRequired = schema.required?.includes(name) ?? false;
    const fallback = property.default === undefined ? "" : JSON.stringify(property.default);
    const cells = [type, isRequired ? "yes" : fallback, property.description ?? ""];
    return `<tr><td><code>${name}</code></td>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  return `<h3>${title}</h3><table><tr><th>Name</th><th>Type</th><th>Required, or default</th><th>Meaning</th></tr>${rows.join("")}</table>`;
}

function schemaText(shape: z.ZodType): string {
  return JSON.stringify(z.toJSONSchema(shape, { unrepresentable: "any" }), undefined, 2);
}
