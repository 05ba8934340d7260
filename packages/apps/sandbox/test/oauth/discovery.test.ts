import { describe, expect, test } from "vitest";
import { basic, clinicianApp, clinicianSecret } from "../support/sign-in.ts";
import { get, post, refusalOf, refused, startSite } from "../support/site.ts";

const fhir = "/interconnect/api/FHIR/R4";

describe("discovery", () => {
  test("1.2 smart-configuration: has exactly these keys, in this order", async () => {
    const { url } = await startSite();
    const response = await get(`${url}${fhir}/.well-known/smart-configuration`, {
      accept: "text/xml",
    });
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    const root = `${url}/interconnect`;
    expect(await response.text()).toBe(
      JSON.stringify({
        authorization_endpoint: `${root}/oauth2/authorize`,
        token_endpoint: `${root}/oauth2/token`,
        token_endpoint_auth_methods_supported: [
          "client_secret_post",
          "client_secret_basic",
          "private_key_jwt",
        ],
        scopes_supported: ["epic.scanning.dmsusername", "fhirUser", "launch", "openid", "profile"],
        response_types_supported: ["code"],
        capabilities: [
          "launch-ehr",
          "launch-standalone",
          "client-public",
          "client-confidential-symmetric",
          "client-confidential-asymmetric",
          "context-banner",
          "context-style",
          "context-ehr-patient",
          "context-ehr-encounter",
          "context-standalone-patient",
          "permission-offline",
          "permission-patient",
          "permission-user",
          "permission-v1",
          "permission-v2",
          "sso-openid-connect",
          "authorize-post",
        ],
        grant_types_supported: [
          "authorization_code",
          "refresh_token",
          "client_credentials",
          "urn:ietf:params:oauth:grant-type:jwt-bearer",
          "urn:ietf:params:oauth:grant-type:token-exchange",
        ],
        code_challenge_methods_supported: ["S256"],
        issuer: `${root}/oauth2`,
        jwks_uri: `${root}/api/epic/2019/Security/Open/PublicKeys/530027/OIDC`,
      }),
    );
  });

  test("1.2 openid-configuration: adds what is of id tokens, lacks what is of SMART, at both paths", async () => {
    const { url } = await startSite();
    const paths = [`${fhir}/.well-known`, "/interconnect/oauth2/.well-known"];
    for (const path of paths) {
      const response = await get(`${url}${path}/openid-configuration`);
      const body = (await response.json()) as Record<string, unknown>;
      expect(body).toMatchObject({
        id_token_signing_alg_values_supported: ["RS256"],
        subject_types_supported: ["public"],
        response_modes_supported: ["query"],
      });
      expect(Object.keys(body)).not.toContain("capabilities");
      expect(Object.keys(body)).not.toContain("code_challenge_methods_supported");
    }
  });

  test.each([
    { release: "February 2026", grants: 4, hasExchange: false },
    { release: "May 2026", grants: 5, hasExchange: true },
  ])("1.2 fleet variance: at $release token exchange is told: $hasExchange", async (row) => {
    const { url } = await startSite({ switches: { release: row.release } });
    const response = await get(`${url}${fhir}/.well-known/smart-configuration`);
    const { grant_types_supported: grants } = (await response.json()) as Record<string, string[]>;
    expect(grants?.length).toBe(row.grants);
    expect(grants?.some((grant) => grant.endsWith("token-exchange"))).toBe(row.hasExchange);
  });

  test.each([
    { release: "May 2026", secret: clinicianSecret, code: "unauthorized_client" },
    { release: "May 2026", secret: "wrong", code: "invalid_client" },
    { release: "February 2026", secret: clinicianSecret, code: "invalid_request" },
  ])("1.2 token exchange at $release is $code", async ({ release, secret, code }) => {
    const site = await startSite({ switches: { release } });
    const response = await post(
      site.site.addresses.token,
      { grant_type: "urn:ietf:params:oauth:grant-type:token-exchange" },
      basic(clinicianApp, secret),
    );
    expect(await refusalOf(response)).toBe(refused(code));
  });

  test("1.2 Epic-Client-ID: changes the addresses in metadata for a client that has its own", async () => {
    const own = {
      authorizeUrl: "https://p.example/authorize",
      tokenUrl: "https://p.example/token",
    };
    const clients = [
      { name: "P", clientId: "proxied", audience: "clinicians", ...own },
      { name: "Q", clientId: "usual", audience: "clinicians" },
    ] as const;
    const { url } = await startSite({ clients: [...clients] });
    const addresses = async (headers: Readonly<Record<string, string>>) => {
      const got = await get(`${url}${fhir}/metadata?_format=json`, headers);
      const [extension] = ((await got.json()) as Metadata).rest[0].security.extension;
      return extension.extension.map(({ valueUri }) => valueUri);
    };
    const usual = [`${url}/interconnect/oauth2/authorize`, `${url}/interconnect/oauth2/token`];
    expect(await addresses({ "Epic-Client-ID": "proxied" })).toEqual(Object.values(own));
    expect(await addresses({ "Epic-Client-ID": "usual" })).toEqual(usual);
    expect(await addresses({ "Epic-Client-ID": "nobody" })).toEqual(usual);
    expect(await addresses({})).toEqual(usual);
  });

  test("1.2 old shape: lacks grants, S256, asymmetric clients, permission versions and POST", async () => {
    const { url } = await startSite({ switches: { release: "May 2022" } });
    const response = await get(`${url}${fhir}/.well-known/smart-configuration`);
    const body = (await response.json()) as Record<string, string[]>;
    expect(Object.keys(body)).not.toContain("grant_types_supported");
    expect(Object.keys(body)).not.toContain("code_challenge_methods_supported");
    expect(body["capabilities"]).toHaveLength(13);
    expect(body["token_endpoint_auth_methods_supported"]).not.toContain("private_key_jwt");
  });

  test("1.1 SMART discovery: is not there before August 2021", async () => {
    const { url } = await startSite({ switches: { release: "May 2021" } });
    const response = await get(`${url}${fhir}/.well-known/smart-configuration`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("<h1>Server Error</h1>");
  });

  test("6 quirk 6: the path of OAuth may be another than that of FHIR", async () => {
    const switches = { fhirPath: "/fhirproxy", oauthPath: "/oauth2-prd" };
    const { url } = await startSite({ switches });
    const response = await get(`${url}/fhirproxy/api/FHIR/R4/.well-known/smart-configuration`);
    expect(await response.json()).toMatchObject({
      authorization_endpoint: `${url}/oauth2-prd/oauth2/authorize`,
    });
    expect((await get(`${url}/oauth2-prd/oauth2/authorize`)).status).toBe(400);
  });

  test("1.1 id_token keys: are RSA keys with the hash of the key as their id", async () => {
    const { url, site } = await startSite();
    const response = await get(site.addresses.idTokenKeys);
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ kty: "RSA", alg: "RS256", use: "sig" });
    expect(Buffer.from(keys[0]?.["kid"] ?? "", "base64")).toHaveLength(32);
    expect(keys[0]).not.toHaveProperty("d");
    expect(site.addresses.idTokenKeys.startsWith(url)).toBe(true);
  });
});

interface Metadata {
  readonly rest: readonly [
    {
      readonly security: {
        readonly extension: readonly [
          { readonly extension: readonly { readonly valueUri: string }[] },
        ];
      };
    },
  ];
}
