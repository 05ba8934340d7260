import type { Chart } from "../../chart/chart.ts";
import type { NoteType } from "../../world/catalogue.ts";
import { inTitleCase } from "./terms.ts";

/** A note as a page; the lines are those of its message. */
export function noteHtml({ name, lines }: NoteType): string {
  const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`).join("");
  return `<html><head><title>${escaped(name)}</title></head><body><div class="fmtConv">${paragraphs}</div></body></html>`;
}

/** The same in Rich Text Format; what is not in ASCII is written by its number. */
export function noteRtf({ lines }: NoteType): string {
  const paragraphs = lines.map((line) => `${rtfEscaped(line)}\\par`).join("\r\n");
  return `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs20\r\n${paragraphs}\r\n}`;
}

/** A summary of the problems that another hospital has sent, as a C-CDA document. */
export function summaryDocument({ person, problems }: Chart): string {
  const items = problems
    .filter(({ isOutside }) => isOutside)
    .map(({ ailment }) => `<item>${escaped(ailment.wording)}</item>`)
    .join("");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<ClinicalDocument xmlns="urn:hl7-org:v3">',
    '<code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summarization of Episode Note"/>',
    "<title>Summary of Care</title>",
    `<recordTarget><patientRole><patient><name><given>${escaped(inTitleCase(person.given))}</given><family>${escaped(inTitleCase(person.family))}</family></name></patient></patientRole></recordTarget>`,
    "<component><structuredBody><component><section>",
    '<code code="11450-4" codeSystem="2.16.840.1.113883.6.1" displayName="Problem list"/>',
    `<title>Problems</title><text><list>${items}</list></text>`,
    "</section></component></structuredBody></component>",
    "</ClinicalDocument>",
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function rtfEscaped(text: string): string {
  const escapedText = text.replaceAll(/[\\{}]/gu, String.raw`\$&`);
  return escapedText.replaceAll(
    /[^\u0020-\u007E]/gu,
    (character) =>
      // RTF counts in signed 16 bits.
      `\\u${((character.charCodeAt(0) + 32_768) % 65_536) - 32_768}?`,
  );
}
