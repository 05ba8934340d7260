import { reveal, useSecret } from "@trestle/base";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printScopes, readTokenResponse } from "../../src/index.ts";

describe("a token answer is read in the forms that servers use", () => {
  test.each([
    { given: 3600, seconds: 3600 },
    { given: "3600", seconds: 3600 },
    { given: 3599.5, seconds: 3599.5 },
    { given: null, seconds: undefined },
    { given: "", seconds: undefined },
    { given: "soon", seconds: undefined },
    { given: -1, seconds: undefined },
    { given: undefined, seconds: undefined },
  ])("expires_in $given counts as $seconds", ({ given, seconds }) => {
    expect(read({ expires_in: given }).expiresInSeconds).toBe(seconds);
  });

  test.each([
    { given: "true", needs: true },
    { given: "false", needs: false },
    { given: " True ", needs: true },
    { given: true, needs: true },
    { given: false, needs: false },
    { given: null, needs: undefined },
    { given: 1, needs: undefined },
  ])("need_patient_banner $given counts as $needs", ({ given, needs }) => {
    expect(read({ need_patient_banner: given }).context.needsPatientBanner).toBe(needs);
  });

  test.each([
    { given: "user/A.read openid", scope: "user/A.rs openid" },
    { given: ["user/A.read", "openid", 7], scope: "user/A.rs openid" },
    { given: "", scope: "" },
  ])("scope $given counts as $scope", ({ given, scope }) => {
    expect(printScopes(read({ scope: given }).scopes ?? [])).toBe(scope);
  });

  test.each(["bearer", "Bearer", "BEARER", undefined, null])("token_type may be %s", (type) => {
    expect(useSecret(read({ token_type: type }).accessToken)).toBe("t");
  });

  test("what is null or empty is not there", () => {
    const { refreshToken, idToken, context } = read({
      refresh_token: null,
      id_token: "",
      patient: null,
      encounter: 7,
    });
    expect({
      refreshToken,
      idToken,
      patient: context.patient,
      encounter: context.encounter,
    }).toEqual({
      refreshToken: undefined,
      idToken: undefined,
      patient: undefined,
      encounter: undefined,
    });
  });

  test("every member that has no name here is kept as it came", () => {
    const names = fc.string({ minLength: 1 }).filter((name) => !/^[a-z_A-Z]+$/u.test(name));
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), (more) => {
        const given = JSON.parse(JSON.stringify(more)) as Record<string, unknown>;
        expect(reveal(read(given).context.more)).toEqual(given);
      }),
    );
  });

  test("a token is kept as it is, whatever it looks like", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (token) => {
        expect(useSecret(readTokenResponse({ access_token: token }).accessToken)).toBe(token);
      }),
    );
  });
});

test.each([
  { json: {}, reason: "no access_token" },
  { json: { access_token: "" }, reason: "no access_token" },
  { json: { access_token: 7 }, reason: "no access_token" },
  { json: { access_token: "t", token_type: "mac" }, reason: "token_type is not bearer" },
])("$json is refused: $reason", ({ json, reason }) => {
  expect(() => readTokenResponse(json)).toThrow(
    expect.objectContaining({ code: "smart.tokenMissing", facts: { reason } }),
  );
});

function read(members: Readonly<Record<string, unknown>>) {
  return readTokenResponse({ access_token: "t", ...members });
}
