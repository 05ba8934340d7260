/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

type Part = string | number | Html | readonly Html[] | undefined;

/** HTML from a template: whatever is put in is text, unless it was made by this too. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? "";
  for (const [index, part] of parts.entries()) text += printed(part) + (strings[index + 1] ?? "");
  return new Html(text);
}

function printed(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(({ text }) => text).join("");
  return String(part).replaceAll(/[&<>"']/gu, (sign) => ENTITIES[sign] ?? sign);
}

/** A whole page: readable without a script, by keyboard, and on a telephone. */
export function page(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
        <footer>A simulated hospital. Nobody here is real.</footer>
      </body>
    </html> `.text;
}

/**
 * What goes with every page. Frames are for launches inside of the hospital's program; nobody else
 * may show its pages in one, under something to click on.
 */
export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; frame-src http: https:; frame-ancestors 'self'; base-uri 'none'",
} as const;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; }
label, fieldset { display: block; margin: .75rem 0; }
fieldset label { margin: .25rem 0; }
input[type=text], input[type=password], select { display: block; font: inherit; padding: .4rem; width: 100%; max-width: 24rem; box-sizing: border-box; }
button { font: inherit; padding: .4rem 1rem; margin-right: .5rem; cursor: pointer; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8886; }
.problem { border-left: .25rem solid #b00020; padding-left: .75rem; }
.hint, footer { color: GrayText; } footer { margin-top: 2rem; font-size: .85rem; }
iframe { width: 100%; height: 75vh; border: 1px solid #888; }
`;
