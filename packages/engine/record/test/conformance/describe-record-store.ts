import { afterEach, beforeEach, describe } from "vitest";
import { type OpenedRecord } from "./opened-record.ts";
import { describeIdentity } from "./describe-identity.ts";
import { describeItems } from "./describe-items.ts";
import { describeMerges } from "./describe-merges.ts";
import { describeRepeats } from "./describe-repeats.ts";
import { describeSearch } from "./describe-search.ts";
import { describeSeveralPatients } from "./describe-several-patients.ts";

/** What every record must do. A new backend passes this before it does anything else. */
export function describeRecordStore(name: string, open: () => OpenedRecord): void {
  describe(`record: ${name}`, () => {
    let opened: OpenedRecord;
    beforeEach(() => {
      opened = open();
    });
    afterEach(() => opened.close());

    describeIdentity(() => opened);
    describeItems(() => opened);
    describeMerges(() => opened);
    describeRepeats(open);
    describeSearch(() => opened);
    describeSeveralPatients(() => opened);
  });
}
