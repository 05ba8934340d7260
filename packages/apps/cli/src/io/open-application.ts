import type { Application, ApplicationOptions } from "@trestle/sample";
import { cliErrors } from "../errors.ts";
import { onDemand } from "./on-demand.ts";

/** @throws {TrestleError} `cli.sampleNotListening` */
export async function openApplication(options: ApplicationOptions): Promise<Application> {
  const { startApplication } = await onDemand.sample();
  try {
    return await startApplication(options);
  } catch (error) {
    throw cliErrors.sampleNotListening({ port: options.port }, error);
  }
}

/** Where the sample integration sends its results. */
export const sampleApplication = {
  host: "127.0.0.1",
  port: 8085,
  maxBodyBytes: 64 * 1024 * 1024,
};
