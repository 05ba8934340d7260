import type { Answers } from "./answers.ts";

/** The page of a new folder: what each file says, and what may be added. */
export function readmeOf({ title, site, siteTitle }: Answers): string {
  return `# ${oneLine(title)}

An integration of Trestle. Everything is a file here, so that it can be reviewed and kept in git.

| file | what it says |
|---|---|
| \`trestle.yaml\` | the hub: where it listens |
| \`integration.yaml\` | what the application needs |
| \`channels/*.yaml\` | which messages are taken, and who gets the results |
| \`destinations/application.yaml\` | where results go |
| \`sites/${site}/site.yaml\` | ${oneLine(siteTitle).replaceAll("|", "\\|")}: its time zone, its environments, what it sends |
| \`sites/${site}/people.yaml\` | who answers for it, on both sides |
| \`sites/${site}/overlay.yaml\` | what it sends otherwise than all sites |
| \`.trestle/schemas\` | by which editors complete and check these files; \`trestle schemas\` writes them anew |

A site may have more:

| file | what it says |
|---|---|
| \`sites/${site}/tables/NAME.csv\` | a code table: \`local,display,system,code,status,note\`; \`trestle tables import\` makes one |
| \`sites/${site}/profile.yaml\` | what its messages have otherwise than the standard |
| \`sites/${site}/cases/CASE.yaml\` | a message of an invented patient, and what it must become |
| \`transforms/NAME.ts\` | a step of your own before or behind the mapping |

\`trestle check\` reads all of it and reports every problem with its place. Passwords and keys do not
belong here: write \`env:NAME\` or \`file:PATH\` where one is wanted.
`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
