/** A plain page with a style of its own, for when there is no console. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title>
<style>${style}</style></head><body><main>${body}</main></body></html>`;
}

/** The page that stands in for a console that was not built. */
export function noConsolePage(): string {
  return page(
    "Trestle",
    `<h1>The hub runs; the console is not built</h1>
<p>Run <code>npm run build</code> in the repository, then load this page again.</p>
<p>The API works without it: <a href="/api/docs">/api/docs</a>.</p>`,
  );
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:0}
main{max-width:60rem;margin:0 auto;padding:1.5rem}
code,pre{font:13px/1.4 ui-monospace,monospace}
pre{overflow:auto;max-height:24rem;padding:.5rem;border:1px solid #8886}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8884}
section{border-top:1px solid #8886;margin-top:2rem}
h2{margin-bottom:0}h3{margin-bottom:.25rem;font-size:1rem}`;
