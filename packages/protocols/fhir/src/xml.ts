export { printXml } from "./print-xml.ts";
export { type ResourceJson, parseXml } from "./read-xml.ts";
