import { type ClientSettings, clientSettings } from "./client.ts";

/**
 * The applications that a hospital of the sandbox knows from the beginning: one for each way to get
 * in. Their addresses are those of a hub on its default port.
 */
export const sampleClients: readonly ClientSettings[] = [
  {
    name: "Sample for clinicians",
    clientId: "7a1d3c5e-0000-4000-8000-0000000c1141",
    productionClientId: "7a1d3c5e-0000-4000-8000-0000000c1142",
    audience: "clinicians",
    redirectUris: ["http://127.0.0.1:8080/callback", "http://localhost:8080/callback"],
    launchUrl: "http://127.0.0.1:8080/launch",
    launchContext: "dob=%DOB%&user=%SYSLOGIN%",
    apis: ["*"],
    secret: "sample-clinician-secret",
    isPersistent: true,
  },
  {
    name: "Sample for clinicians, in the browser alone",
    clientId: "7a1d3c5e-0000-4000-8000-0000000c1151",
    productionClientId: "7a1d3c5e-0000-4000-8000-0000000c1152",
    audience: "clinicians",
    redirectUris: ["http://127.0.0.1:8080/callback", "http://localhost:8080/callback"],
    launchUrl: "http://127.0.0.1:8080/launch",
  },
  {
    name: "Sample for patients, on their devices",
    clientId: "7a1d3c5e-0000-4000-8000-0000000a7141",
    productionClientId: "7a1d3c5e-0000-4000-8000-0000000a7142",
    audience: "patients",
    redirectUris: ["http://127.0.0.1:8080/callback", "http://localhost:8080/callback"],
    mayRegister: true,
  },
  {
    name: "Sample for patients, with a server",
    clientId: "7a1d3c5e-0000-4000-8000-0000000a7151",
    productionClientId: "7a1d3c5e-0000-4000-8000-0000000a7152",
    audience: "patients",
    redirectUris: ["http://127.0.0.1:8080/callback", "http://localhost:8080/callback"],
    secret: "sample-patient-secret",
    isPersistent: true,
  },
  {
    name: "Sample backend",
    clientId: "7a1d3c5e-0000-4000-8000-0000000bac01",
    productionClientId: "7a1d3c5e-0000-4000-8000-0000000bac02",
    audience: "backend",
    apis: ["*"],
    jwksUrl: "http://127.0.0.1:8080/.well-known/jwks.json",
  },
].map((client) => clientSettings.parse(client));
