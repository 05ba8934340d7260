/** A text as it may stand in HTML. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A page of the application with a title and what stands below it. */
export function pageOf(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
  :root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 1.5rem auto; padding: 0 1rem; }
  h1 { font-size: 1.2rem; margin: 0 0 0.3rem; }
  h2 { font-size: 0.9rem; margin: 1.2rem 0 0.3rem; opacity: 0.75; }
  ul { margin: 0; padding: 0; list-style: none; }
  li { padding: 0.2rem 0; border-bottom: 1px solid #8883; }
  small { opacity: 0.75; }
</style>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</html>
`;
}
