import type { Client } from "../access/clients.ts";
import { type Clinician, type PortalUser, everybodysPassword } from "../access/users.ts";
import { type Html, html, page } from "../site/html.ts";

/** What a page needs to send its form to the right place. */
export interface FormTarget {
  readonly action: string;
  /** Names the request that waits for the user. */
  readonly waiting: string;
  /** What was wrong with the try before. */
  readonly problem?: string | undefined;
}

/** The page for a request that cannot be answered: users see it, clients get nothing. */
export function refusedPage(): string {
  return page(
    "Authorization",
    html`<p role="alert">
      Something went wrong trying to authorize the client. Please try logging in again.
    </p>`,
  );
}

export function launchRefusedPage(): string {
  return page("Authorization", html`<p role="alert">invalid_launch_token</p>`);
}

/** Signs in staff. Their names are shown, since this is a toy hospital. */
export function clinicianPage(
  client: Client,
  clinicians: readonly Clinician[],
  target: FormTarget,
): string {
  const known = clinicians.map(({ login, name }) => ({ login, name }));
  return signInPage({ title: "Sign in to the hospital", client, known, target });
}

/** Signs in patients. */
export function patientPage(
  client: Client,
  patients: readonly PortalUser[],
  target: FormTarget,
): string {
  const known = patients.map(({ login, name }) => ({ login, name }));
  return signInPage({ title: "Sign in to your patient portal", client, known, target });
}

/** Asks a patient who acts for others whose record it shall be. */
export function choicePage(
  client: Client,
  choices: readonly PortalUser[],
  target: FormTarget,
): string {
  const options = choices.map(
    ({ patientId, name }, index) =>
      html`<label
        ><input
          type="radio"
          name="patient"
          value="${patientId}"
          ${index === 0 ? CHECKED : undefined}
        />
        ${name}</label
      >`,
  );
  return page(
    "Whose record?",
    form(
      target,
      html`<p>${client.name} asks for access to one record.</p>
        <fieldset>
          <legend>Record</legend>
          ${options}
        </fieldset>
        <button>Continue</button>`,
    ),
  );
}

/** Asks a patient whether the client may see the record, and for how long. */
export function consentPage(
  options: {
    readonly client: Client;
    readonly patient: PortalUser;
    readonly types: readonly string[];
    readonly durations: readonly { readonly value: string; readonly label: string }[];
  },
  target: FormTarget,
): string {
  const { client, patient, types, durations } = options;
  const choices = durations.map(
    ({ value, label }) => html`<option value="${value}">${label}</option>`,
  );
  return page(
    "May this application see your record?",
    form(
      target,
      html`<p><strong>${client.name}</strong> asks to see the record of ${patient.name}:</p>
        <p>${types.join(", ")}</p>
        <label
          >For how long
          <select name="duration">
            ${choices}
          </select></label
        >
        <button name="answer" value="allow">Allow access</button>
        <button name="answer" value="deny">Deny</button>`,
    ),
  );
}

function signInPage(options: {
  readonly title: string;
  readonly client: Client;
  readonly known: readonly { readonly login: string; readonly name: string }[];
  readonly target: FormTarget;
}): string {
  const { title, client, known, target } = options;
  const logins = known.map(
    ({ login, name }) =>
      html`<tr>
        <td><code>${login}</code></td>
        <td>${name}</td>
      </tr>`,
  );
  return page(
    title,
    html`<p>${client.name} asks you to sign in.</p>
      ${form(
        target,
        html`<label
            >User name <input type="text" name="login" autocomplete="username" required autofocus
          /></label>
          <label
            >Password
            <input type="password" name="password" autocomplete="current-password" required
          /></label>
          <p class="hint">Everybody's password here is <code>${everybodysPassword}</code>.</p>
          <button>Sign in</button>`,
      )}
      <h2>Who can sign in</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">User name</th>
            <th scope="col">Name</th>
          </tr>
        </thead>
        <tbody>
          ${logins}
        </tbody>
      </table>`,
  );
}

function form({ action, waiting, problem }: FormTarget, body: Html): Html {
  const told =
    problem === undefined ? undefined : html`<p role="alert" class="problem">${problem}</p>`;
  return html`${told}
    <form method="post" action="${action}">
      <input type="hidden" name="waiting" value="${waiting}" />${body}
    </form>`;
}

const CHECKED = html`checked`;
