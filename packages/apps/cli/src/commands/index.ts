import type { Command } from "../command.ts";
import { check } from "./check.ts";
import { configuration } from "./configuration.ts";
import { deliveriesCancel, deliveriesRetry } from "./deliveries-decide.ts";
import { deliveriesList } from "./deliveries-list.ts";
import { demo } from "./demo.ts";
import { hl7FromFhir } from "./hl7-from-fhir.ts";
import { hl7Parse } from "./hl7-parse.ts";
import { hl7Send } from "./hl7-send.ts";
import { hl7ToFhir } from "./hl7-to-fhir.ts";
import { hl7Validate } from "./hl7-validate.ts";
import { init } from "./init.ts";
import { keysList } from "./keys-list.ts";
import { keysNew } from "./keys-new.ts";
import { keysRotate } from "./keys-rotate.ts";
import { messagesList } from "./messages-list.ts";
import { messagesReplay } from "./messages-replay.ts";
import { messagesShow } from "./messages-show.ts";
import { messagesTail } from "./messages-tail.ts";
import { promote } from "./promote.ts";
import { reload } from "./reload.ts";
import { replay } from "./replay.ts";
import { probe } from "./probe.ts";
import { sample } from "./sample.ts";
import { sandbox } from "./sandbox.ts";
import { scopes } from "./scopes.ts";
import { schemas } from "./schemas.ts";
import { signIn } from "./sign-in.ts";
import { siteDiff } from "./site-diff.ts";
import { siteShow } from "./site-show.ts";
import { start } from "./start.ts";
import { status } from "./status.ts";
import { tablesCoverage } from "./tables-coverage.ts";
import { tablesExport } from "./tables-export.ts";
import { tablesImport } from "./tables-import.ts";
import { tablesSuggest } from "./tables-suggest.ts";
import { tablesTerminologyList, tablesTerminologyLoad } from "./tables-terminology.ts";
import { tablesTest } from "./tables-test.ts";

/** Every command, in the order of `trestle --help`. */
export const commands: readonly Command[] = [
  demo,
  start,
  sandbox,
  sample,
  init,
  check,
  schemas,
  status,
  scopes,
  promote,
  reload,
  configuration,
  probe,
  signIn,
  keysList,
  keysNew,
  keysRotate,
  messagesList,
  messagesShow,
  messagesTail,
  messagesReplay,
  replay,
  deliveriesList,
  deliveriesRetry,
  deliveriesCancel,
  siteShow,
  siteDiff,
  tablesCoverage,
  tablesSuggest,
  tablesTerminologyLoad,
  tablesTerminologyList,
  tablesTest,
  tablesImport,
  tablesExport,
  hl7Parse,
  hl7Validate,
  hl7ToFhir,
  hl7FromFhir,
  hl7Send,
];
