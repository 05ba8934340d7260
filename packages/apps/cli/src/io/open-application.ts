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
