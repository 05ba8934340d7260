export {
  type CertificateWishes,
  type TestCertificate,
  testCertificate,
} from "./io/certificates.ts";
export { eventually } from "./eventually.ts";
export { FakeClock } from "./fake-clock.ts";
export { sliced } from "./sliced.ts";
export { temporaryFolder } from "./temporary-folder.ts";
