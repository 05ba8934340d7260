import { describe, expect, test } from "vitest";
import { TrestleError, declaredErrors, defineErrors } from "../src/index.ts";

const doorErrors = defineErrors("door", {
  locked: { failure: "permanent", hint: "Ask for a key." },
  jammed: { failure: "ambiguous", hint: "Look whether it opened." },
  busy: { failure: "transient", hint: "It is tried again." },
});

describe("an error of a table", () => {
  test.each([
    {
      made: doorErrors.locked(),
      code: "door.locked",
      failure: "permanent",
      hint: "Ask for a key.",
    },
    {
      made: doorErrors.jammed(),
      code: "door.jammed",
      failure: "ambiguous",
      hint: "Look whether it opened.",
    },
    {
      made: doorErrors.busy(),
      code: "door.busy",
      failure: "transient",
      hint: "It is tried again.",
    },
  ])("$code knows its failure class and what to do", ({ made, code, failure, hint }) => {
    expect(made).toBeInstanceOf(TrestleError);
    expect(made).toBeInstanceOf(Error);
    expect(made).toMatchObject({ name: "TrestleError", code, failure, hint, facts: {} });
  });

  test("says its code alone where there are no facts", () => {
    expect(doorErrors.locked().message).toBe("door.locked");
  });

  test("says its facts in the order they were given", () => {
    const made = doorErrors.jammed({ attempts: 3, door: "north", isOpen: false });
    expect(made.message).toBe("door.jammed (attempts 3, door north, isOpen false)");
    expect(made.facts).toEqual({ attempts: 3, door: "north", isOpen: false });
  });

  test("keeps the error that led to it", () => {
    const cause = new Error("bent hinge");
    expect(doorErrors.jammed({}, cause).cause).toBe(cause);
    expect(doorErrors.jammed().cause).toBeUndefined();
  });

  test("is a new one each time, with the stack of whoever made it", () => {
    expect(doorErrors.busy()).not.toBe(doorErrors.busy());
    expect(doorErrors.busy().stack).toContain("errors.test.ts");
  });
});

describe("the tables", () => {
  test("are listed as they were declared, for the reference page", () => {
    expect(declaredErrors().get("door")).toEqual({
      locked: { failure: "permanent", hint: "Ask for a key." },
      jammed: { failure: "ambiguous", hint: "Look whether it opened." },
      busy: { failure: "transient", hint: "It is tried again." },
    });
  });

  test("belong to one package each: a second of the same name is refused", () => {
    defineErrors("window", {});
    expect(() => defineErrors("window", {})).toThrow('"window" are declared twice');
  });
});
