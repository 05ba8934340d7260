import { type Application, type ApplicationOptions, startApplication } from "@trestle/sample";
import { cliErrors } from "../errors.ts";

/** @throws {TrestleError} `cli.sampleNotListening` */
export async function openApplication(options: ApplicationOptions): Promise<Application> {
  try {
    return await startApplication(options);
  } catch (error) {
    throw cliErrors.sampleNotListening({ port: options.port }, error);
  }
}
