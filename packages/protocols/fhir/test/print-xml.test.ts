import { expect, test } from "vitest";
import { decimal } from "@trestle/fhir/client";
import { printXml } from "@trestle/fhir/xml";

const head = '<?xml version="1.0" encoding="UTF-8"?>';

test.each([
  {
    what: "elements stand in the order of the schema, however JSON has them",
    resource: {
      birthDate: "1980-01-15",
      active: true,
      id: "a",
      name: [{ given: ["Ada"], family: "Beam" }],
    },
    xml: '<id value="a"/><active value="true"/><name><family value="Beam"/><given value="Ada"/></name><birthDate value="1980-01-15"/>',
  },
  {
    what: "the address of an extension and the id of an element are attributes",
    resource: {
      extension: [{ valueCode: "x", url: "http://e" }],
      name: [{ id: "n", family: "Beam" }],
    },
    xml: '<extension url="http://e"><valueCode value="x"/></extension><name id="n"><family value="Beam"/></name>',
  },
  {
    what: "what JSON writes beside a primitive stands inside of it",
    resource: {
      birthDate: "1980-01-15",
      _birthDate: { extension: [{ url: "http://t", valueDateTime: "1980-01-15T07:00:00Z" }] },
      name: [
        {
          given: ["Ada", null],
          _given: [null, { extension: [{ url: "http://u", valueCode: "masked" }] }],
        },
      ],
    },
    xml: '<name><given value="Ada"/><given><extension url="http://u"><valueCode value="masked"/></extension></given></name><birthDate value="1980-01-15"><extension url="http://t"><valueDateTime value="1980-01-15T07:00:00Z"/></extension></birthDate>',
  },
  {
    what: "a resource inside of a resource keeps its name, a narrative its markup",
    resource: {
      contained: [{ resourceType: "Organization", id: "o", name: "Lakeshore" }],
      text: { status: "generated", div: "<div><p>Ada</p></div>" },
    },
    xml: '<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p>Ada</p></div></text><contained><Organization><id value="o"/><name value="Lakeshore"/></Organization></contained>',
  },
  {
    what: "an attachment's address is an element",
    resource: { photo: [{ url: "Binary/b", contentType: "image/png" }] },
    xml: '<photo><contentType value="image/png"/><url value="Binary/b"/></photo>',
  },
  {
    what: "signs of markup and line ends survive, control characters do not",
    resource: { address: [{ text: 'A & B <1>\r\n"C"\u0007\uFFFE\u007F\u0085' }] },
    xml: '<address><text value="A &amp; B &lt;1&gt;&#13;&#10;&quot;C&quot;\u007F\u0085"/></address>',
  },
  {
    what: "a decimal keeps its digits",
    resource: { extension: [{ url: "http://e", valueDecimal: decimal("1.10") }] },
    xml: '<extension url="http://e"><valueDecimal value="1.10"/></extension>',
  },
  {
    what: "an element that R4 does not know stands last",
    resource: { legacy: "x", active: false },
    xml: '<active value="false"/><legacy value="x"/>',
  },
])("$what", ({ resource, xml }) => {
  expect(printXml({ resourceType: "Patient", ...resource })).toBe(
    `${head}<Patient xmlns="http://hl7.org/fhir">${xml}</Patient>`,
  );
});
