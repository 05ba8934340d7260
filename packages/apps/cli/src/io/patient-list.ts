import { readFile } from "node:fs/promises";
import { UsageError } from "../command.ts";

/**
 * Reads whom to ask about: a line each; empty ones and those that begin with # are passed over.
 *
 * @throws {UsageError}
 */
export async function readPatientList(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) throw new UsageError(`${file} cannot be read.`);
  const lines = text.split(/\r?\n/u).map((line) => line.trim());
  const patients = lines.filter((line) => line !== "" && !line.startsWith("#"));
  if (patients.length === 0) throw new UsageError(`${file} names nobody.`);
  if (patients.length > maxPatients)
    throw new UsageError(`${file} names more than ${maxPatients} patients.`);
  return patients;
}

const maxPatients = 1000;
