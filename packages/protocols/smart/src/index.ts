export { type SmartHttpSettings, smartHttp } from "./http-settings.ts";
export type { HttpAnswer, HttpRequest, SmartHttp } from "./http.ts";
export { type Party, partyToAsk, smartErrors } from "./errors.ts";
export { Discovery, type DiscoveryOptions } from "./discovery/discovery.ts";
export { type SmartDiscoverySettings, smartDiscovery } from "./discovery/discovery-settings.ts";
export type { Discovered, EndpointsSource, SmartEndpoints } from "./discovery/endpoints.ts";
export { type Identity } from "./identity/id-token.ts";
export { type SmartIdentitySettings, smartIdentity } from "./identity/identity-settings.ts";
export { fileKeyStore } from "./io/file-key-store.ts";
export { openSmartHttp } from "./io/open-http.ts";
export {
  KeyRing,
  type KeyRingOptions,
  type KeySetAnswer,
  type KeyStatus,
} from "./keys/key-ring.ts";
export { type SmartKeySettings, smartKeys } from "./keys/key-settings.ts";
export { type EditKeys, type KeyStore, memoryKeyStore } from "./keys/key-store.ts";
export type { KeyStage, KeyTimes } from "./keys/rotation.ts";
export type { SigningAlgorithm, StoredKey } from "./keys/stored-key.ts";
export type { Redirect } from "./launch/authorization-request.ts";
export {
  type LaunchStore,
  type PendingLaunch,
  type SmartLaunchSettings,
  memoryLaunchStore,
  smartLaunches,
} from "./launch/pending-launch.ts";
export {
  type BrowserOptions,
  type Session,
  SmartApp,
  type SmartAppOptions,
} from "./launch/smart-app.ts";
export { type UnmetScopes, unmetScopes } from "./launch/unmet-scopes.ts";
export {
  type RegisteredClient,
  type RegistrationRequest,
  registerClient,
} from "./registration/register-client.ts";
export { type RegisteredTokenOptions, registeredTokens } from "./registration/registered-tokens.ts";
export { differenceOfScopes, minimalScopes, scopesCover, unionOfScopes } from "./scopes/algebra.ts";
export { parseScopes } from "./scopes/parse.ts";
export { type ScopeSpelling, printScopes } from "./scopes/print.ts";
export type {
  Permission,
  QueryPart,
  ResourceScope,
  Scope,
  ScopeContext,
  WordScope,
} from "./scopes/scope.ts";
export { type BackendOptions, backendTokens } from "./tokens/backend-tokens.ts";
export type { AssertionSigner } from "./tokens/client-assertion.ts";
export type { ClientAuthentication, SmartClient } from "./tokens/client-authentication.ts";
export { TokenCache, type TokenCacheOptions, type TokenStatus } from "./tokens/token-cache.ts";
export { type SmartTokenCacheSettings, smartTokenCache } from "./tokens/token-cache-settings.ts";
export type { GrantedTokens, TokenParts } from "./tokens/token-request.ts";
export {
  type LaunchContext,
  type TokenResponse,
  readTokenResponse,
} from "./tokens/token-response.ts";
export { type UserTokenOptions, userTokens } from "./tokens/user-tokens.ts";
