import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseXml, printXml } from "@trestle/fhir/xml";

describe("XML that is read", () => {
  test("is what was printed, whatever the texts", () => {
    // What XML 1.0 cannot hold is left out when it is printed.
    const text = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((each) => !/[\p{Cc}\uFFFE\uFFFF]/u.test(each));
    const extension = fc.record({ url: text, valueString: text });
    const patient = fc.record(
      {
        resourceType: fc.constant("Patient"),
        id: fc.stringMatching(/^[A-Za-z0-9.-]{1,30}$/u),
        contained: fc.array(
          fc.record({ resourceType: fc.constant("Organization"), id: text, name: text }),
          { minLength: 1 },
        ),
        extension: fc.array(extension, { minLength: 1 }),
        active: fc.boolean(),
        name: fc.array(fc.record({ family: text, given: fc.array(text, { minLength: 1 }) }), {
          minLength: 1,
        }),
        birthDate: fc.constant("1980-01-15"),
        _birthDate: fc.record({ id: text, extension: fc.array(extension, { minLength: 1 }) }),
        multipleBirthInteger: fc.integer(),
        contact: fc.array(fc.record({ gender: fc.constant("female") }), { minLength: 1 }),
      },
      { requiredKeys: ["resourceType"] },
    );
    fc.assert(
      fc.property(patient, (resource) => {
        expect(parseXml(printXml(resource))).toEqual({ ok: true, value: resource });
      }),
    );
  });

  test("may have comments, prefixes, single quotes and entities", () => {
    const text = `<?xml version="1.0"?><!-- a --><f:Observation xmlns:f='http://hl7.org/fhir'>
      <f:status value='final'/><f:valueQuantity><f:value value="7.50"/></f:valueQuantity>
      <f:note><f:text value="a &amp; b&#x21;&#33;&lt;"/></f:note></f:Observation>`;
    expect(parseXml(text)).toEqual({
      ok: true,
      value: {
        resourceType: "Observation",
        status: "final",
        valueQuantity: { value: 7.5 },
        note: [{ text: "a & b!!<" }],
      },
    });
  });

  test("keeps narrative as it was written, and values that are missing in lists", () => {
    const text =
      '<Patient xmlns="http://hl7.org/fhir"><text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p>A &amp; b</p></div></text><name><given value="Ada"/><given id="g"/></name></Patient>';
    expect(parseXml(text)).toEqual({
      ok: true,
      value: {
        resourceType: "Patient",
        text: {
          status: "generated",
          div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>A &amp; b</p></div>',
        },
        name: [{ given: ["Ada", null], _given: [null, { id: "g" }] }],
      },
    });
  });

  test.each([
    { what: "nothing", text: "", at: "character 1" },
    { what: "JSON", text: "{}", at: "character 3" },
    { what: "an open element", text: "<Patient>", at: "character 10" },
    { what: "a wrong end", text: "<Patient></Person>", at: "character 10" },
    { what: "a wrong start", text: "<Patient><a", at: "character 10" },
    { what: "two elements", text: "<Patient/><Patient/>", at: "character 21" },
    { what: "an open comment", text: "<Patient/><!--", at: "character 11" },
    {
      what: "a document type",
      text: '<!DOCTYPE x [<!ENTITY a "b">]><Patient/>',
      at: "character 1",
    },
    { what: "a deep nest", text: "<a>".repeat(101), at: "character 298" },
  ])("is refused with its place: $what", ({ text, at }) => {
    expect(parseXml(text)).toMatchObject({ ok: false, problem: { code: "fhir.noXml", at } });
  });

  test("is refused as fast when it is large and without an end", () => {
    for (const part of ["<!--", "<a ", '<a b="', "<![CDATA[", "<?"]) {
      expect(parseXml(part.repeat(500_000)).ok).toBe(false);
    }
  });
});
