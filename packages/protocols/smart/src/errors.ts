import { type TrestleError, defineErrors } from "@trestle/base";

export const smartErrors = defineErrors("smart", {
  // The way to the server
  notReached: {
    failure: "transient",
    hint: "Nothing was sent. Check the address, DNS, firewall and proxy between here and the hospital.",
  },
  certificateRefused: {
    failure: "permanent",
    hint: "The server's certificate is not trusted here or does not fit its name. Name its authority, or ask the hospital to mend it.",
  },
  noAnswer: {
    failure: "transient",
    hint: "The server did not answer in time. The request may be repeated; raise the time-outs if it is slow.",
  },
  fateUnknown: {
    failure: "ambiguous",
    hint: "The request was sent and no answer came. Do not repeat it: start the launch or registration again.",
  },
  cancelled: { failure: "transient", hint: "The caller gave up before there was an answer." },
  answerTooLarge: {
    failure: "permanent",
    hint: "Raise maxAnswerBytes, or ask the hospital what answers at this address.",
  },
  unavailable: {
    failure: "transient",
    hint: "The server, or a gateway in front of it, asks for patience. Try again later.",
  },
  pageInsteadOfAnswer: {
    failure: "permanent",
    hint: "A web page came where JSON belongs: a gateway or firewall answers. Ask the hospital to let this address through.",
  },
  notJson: {
    failure: "permanent",
    hint: "The answer is not what the standard says. Ask the hospital what answers at this address.",
  },
  addressNotSecure: {
    failure: "permanent",
    hint: "The address is not https. Ask the hospital for the right one; plain http is for loopback alone.",
  },
  // Discovery
  noEndpoints: {
    failure: "permanent",
    hint: "Neither smart-configuration nor the CapabilityStatement names OAuth addresses. Check the FHIR base address.",
  },
  endpointMissing: {
    failure: "permanent",
    hint: "The server does not publish this endpoint. Ask the hospital whether the feature is enabled for the app.",
  },
  // Launch
  launchNotUsable: {
    failure: "permanent",
    hint: "The launch lacks iss or launch. Ask the hospital to check the app's launch settings; launch anew.",
  },
  issuerNotAllowed: {
    failure: "permanent",
    hint: "The launch names a server that this app does not know. Add its FHIR base address if it is right.",
  },
  launchUnknown: {
    failure: "permanent",
    hint: "The state is unknown, used or too old. Start the launch again; check that all servers of the app share pending launches.",
  },
  browserDiffers: {
    failure: "permanent",
    hint: "Another browser came back than was sent. Start again; check that the app's cookie survives the redirect.",
  },
  callbackNotUsable: {
    failure: "permanent",
    hint: "The redirect carries neither a code nor an error. Check that the registered redirect address is this one.",
  },
  tooManyLaunches: {
    failure: "transient",
    hint: "Too many launches were begun and not finished. Raise maxPending, or find who begins them.",
  },
  accessDenied: {
    failure: "permanent",
    hint: "The user, or a rule of the hospital, refused. Ask the user to allow the app, or the hospital to permit it.",
  },
  authorizationRefused: {
    failure: "permanent",
    hint: "The server refused the authorization. Compare client id, redirect address and scopes with the registration.",
  },
  callbackIssuerDiffers: {
    failure: "permanent",
    hint: "The redirect names another issuer than was asked. Do not go on; check the discovery of this site.",
  },
  // Token endpoint
  clientRefused: {
    failure: "permanent",
    hint: "Check the client id for this environment, and that the registered secret or key set address is the current one. New registrations take hours to arrive.",
  },
  clientNotEnabled: {
    failure: "permanent",
    hint: "The server knows the app but does not let it do this. Ask the hospital to enable it and to map its user.",
  },
  codeRefused: {
    failure: "permanent",
    hint: "The code is used, too old or was changed on its way, or the redirect address differs. Start the launch again.",
  },
  refreshRefused: {
    failure: "permanent",
    hint: "The refresh token has ended or was revoked. The user has to sign in again.",
  },
  assertionRefused: {
    failure: "permanent",
    hint: "The server did not take the signed grant. Check that the registered key is the one in use.",
  },
  requestRefused: {
    failure: "permanent",
    hint: "The server misses or dislikes a parameter. Compare the app's registration with what is sent.",
  },
  scopeRefused: {
    failure: "permanent",
    hint: "Ask for no more scopes than the app is registered for, in the spelling that it is registered with.",
  },
  grantTypeRefused: {
    failure: "permanent",
    hint: "This kind of access is not enabled for the app. Check the registration.",
  },
  tokenRefused: {
    failure: "permanent",
    hint: "The token endpoint refused for a reason of its own. Ask the hospital what it logged.",
  },
  clocksApart: {
    failure: "permanent",
    hint: "The server refused, and its clock differs from this one. Set this machine's clock by NTP, then try again.",
  },
  tokenMissing: {
    failure: "permanent",
    hint: "The token answer holds no access token that can be used. Ask the hospital what answers there.",
  },
  noRefreshToken: {
    failure: "permanent",
    hint: "The access has ended and there is no refresh token. Sign in again; ask for offline_access to stay.",
  },
  refreshNotKept: {
    failure: "permanent",
    hint: "The server gave a new refresh token and it could not be kept. Check the store; the user has to sign in again after a restart.",
  },
  // id_token
  identityMissing: {
    failure: "permanent",
    hint: "openid was asked for and no id_token came. Check that the app is registered for openid.",
  },
  identityNotReadable: {
    failure: "permanent",
    hint: "The id_token is not a signed JWT with the claims of OpenID Connect. Ask the hospital to check its issuer.",
  },
  identityKeyUnknown: {
    failure: "permanent",
    hint: "No published key fits the id_token. Ask the hospital whether its key set is current.",
  },
  identityForged: {
    failure: "permanent",
    hint: "The id_token's signature is wrong. Do not trust this sign-in; check the discovery of this site.",
  },
  identityExpired: {
    failure: "permanent",
    hint: "The id_token has ended or is of the future. Check this machine's clock, then launch again.",
  },
  identityForOthers: {
    failure: "permanent",
    hint: "The id_token was made for another app, launch or issuer. Do not trust this sign-in; launch again.",
  },
  // Registration
  registrationRefused: {
    failure: "permanent",
    hint: "The server did not register the app. Check that dynamic registration is enabled there, and use a token that was not used before.",
  },
  // Keys
  keysNotReadable: {
    failure: "permanent",
    hint: "Check that the file of keys belongs to this user, has mode 0600 and holds what was written.",
  },
  keysNotWritten: {
    failure: "transient",
    hint: "Check that the folder of keys can be written and has room.",
  },
  keysBusy: {
    failure: "transient",
    hint: "Another process is changing the keys. If none runs, on any machine, remove the lock file beside them.",
  },
  tooManyKeys: {
    failure: "permanent",
    hint: "Keys rotate faster than old ones may leave. Rotate less often, or raise maxKeys.",
  },
  noKey: { failure: "permanent", hint: "There is no key to sign with. Generate one first." },
});

/** Who can mend a failure: where to look first. */
export type Party =
  /** What was entered when the app was registered: client id, keys, redirect address, scopes. */
  | "registration"
  /** The hospital's servers and their configuration. */
  | "hospital"
  /** The clock of this machine or theirs. */
  | "clock"
  /** What lies between: DNS, firewalls, proxies, certificates. */
  | "network"
  /** The user at the browser. */
  | "user"
  /** The application that uses this package, and the machine that it runs on. */
  | "application";

/** Where to look first for an error of this package; undefined for other errors. */
export function partyToAsk({ code }: TrestleError): Party | undefined {
  const [space, name = ""] = code.split(".");
  return space === "smart" && isKind(name) ? parties[name] : undefined;
}

function isKind(name: string): name is keyof typeof smartErrors {
  return Object.hasOwn(parties, name);
}

const parties: Readonly<Record<keyof typeof smartErrors, Party>> = {
  notReached: "network",
  certificateRefused: "network",
  noAnswer: "network",
  fateUnknown: "network",
  cancelled: "application",
  answerTooLarge: "hospital",
  unavailable: "hospital",
  pageInsteadOfAnswer: "network",
  notJson: "hospital",
  addressNotSecure: "hospital",
  noEndpoints: "hospital",
  endpointMissing: "hospital",
  launchNotUsable: "hospital",
  issuerNotAllowed: "application",
  launchUnknown: "application",
  browserDiffers: "application",
  callbackNotUsable: "registration",
  tooManyLaunches: "application",
  accessDenied: "user",
  authorizationRefused: "registration",
  callbackIssuerDiffers: "hospital",
  clientRefused: "registration",
  clientNotEnabled: "hospital",
  codeRefused: "user",
  refreshRefused: "user",
  assertionRefused: "registration",
  requestRefused: "registration",
  scopeRefused: "registration",
  grantTypeRefused: "registration",
  tokenRefused: "hospital",
  clocksApart: "clock",
  tokenMissing: "hospital",
  noRefreshToken: "user",
  refreshNotKept: "application",
  identityMissing: "registration",
  identityNotReadable: "hospital",
  identityKeyUnknown: "hospital",
  identityForged: "hospital",
  identityExpired: "clock",
  identityForOthers: "application",
  registrationRefused: "hospital",
  keysNotReadable: "application",
  keysNotWritten: "application",
  keysBusy: "application",
  tooManyKeys: "application",
  noKey: "application",
};
