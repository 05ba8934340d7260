import { createRequire } from "node:module";
import { Hl7Message as MedplumMessage } from "@medplum/core";
import { Message as ClientMessage } from "node-hl7-client";
import { parseMessage, printMessage } from "../src/index.ts";

/** A part of a message: segment, which of its kind from 0, field, component. */
export type Wanted = readonly [segment: string, index: number, field: number, component: number];

/** One parser, used as its own documentation does. */
export interface Contestant {
  readonly name: string;
  /** Makes a reader that parses a text and reads each part of it. */
  reader(wanted: readonly Wanted[]): (text: string) => readonly string[];
  /** Parses, writes PID-5.1 and PID-8, and prints. */
  edit(text: string): string;
}

const trestle: Contestant = {
  name: "Trestle",
  reader(wanted) {
    const paths = wanted.map(
      ([segment, index, field, component]) =>
        `${segment}${index === 0 ? "" : `[${index}]`}-${field}.${component}`,
    );
    return (text) => {
      const message = parsed(text);
      return paths.map((path) => message.get(path) ?? "");
    };
  },
  edit(text) {
    const message = parsed(text);
    message.set("PID-5.1", "BEACON");
    message.set("PID-8", "U");
    return printMessage(message);
  },
};

const medplum: Contestant = {
  name: "@medplum/core",
  reader: (wanted) => (text) => {
    const message = MedplumMessage.parse(text);
    return wanted.map(([name, index, field, component]) => {
      const segment = index === 0 ? message.getSegment(name) : message.getAllSegments(name)[index];
      return segment?.getComponent(field, component) ?? "";
    });
  },
  edit(text) {
    const message = MedplumMessage.parse(text);
    const patient = message.getSegment("PID");
    patient?.getField(5).setComponent(1, "BEACON");
    patient?.setField(8, "U");
    return message.toString();
  },
};

/** What hl7parser and node-hl7-client have in common. */
interface Tree {
  get(path: string | number): Tree;
  set(path: string, value: string): unknown;
  toString(): string;
}

function treeContestant(name: string, create: (text: string) => Tree): Contestant {
  return {
    name,
    reader(wanted) {
      const places = wanted.map(([segment, index, field, component]) => ({
        segment,
        index,
        path: `${segment}.${field}.${component}`,
      }));
      return (text) => {
        const message = create(text);
        return places.map(({ segment, index, path }) =>
          (index === 0 ? message : message.get(segment).get(index)).get(path).toString(),
        );
      };
    },
    edit(text) {
      const message = create(text);
      message.set("PID.5.1", "BEACON");
      message.set("PID.8", "U");
      return message.toString();
    },
  };
}

interface SimpleSegment {
  getComponent(field: number, component: number): string;
  setComponent(field: number, component: number, value: string): void;
  setField(field: number, value: string): void;
}

interface SimpleMessage {
  readonly header: SimpleSegment;
  getSegment(name: string): SimpleSegment | undefined;
  getSegments(name: string): readonly SimpleSegment[];
  toString(): string;
}

// Two peers without types of their own.
const require = createRequire(import.meta.url);
const artifact = require("hl7parser") as { create(text: string): Tree };
const simple = require("simple-hl7") as {
  Parser: new () => { parse(text: string): SimpleMessage };
};

const simpleHl7: Contestant = {
  name: "simple-hl7",
  reader: (wanted) => (text) => {
    const message = new simple.Parser().parse(text);
    return wanted.map(([name, index, field, component]) => {
      // Its header begins to count behind the separators.
      if (name === "MSH") return message.header.getComponent(field - 2, component);
      const segment = index === 0 ? message.getSegment(name) : message.getSegments(name)[index];
      return segment?.getComponent(field, component) ?? "";
    });
  },
  edit(text) {
    const message = new simple.Parser().parse(text);
    const patient = message.getSegment("PID");
    patient?.setComponent(5, 1, "BEACON");
    patient?.setField(8, "U");
    return message.toString();
  },
};

/** Trestle first. */
export const contestants: readonly Contestant[] = [
  trestle,
  medplum,
  treeContestant("hl7parser", (text) => artifact.create(text)),
  treeContestant("node-hl7-client", (text) => new ClientMessage({ text })),
  simpleHl7,
];

function parsed(text: string) {
  const result = parseMessage(text);
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}
