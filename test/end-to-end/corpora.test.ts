import { expect, test } from "vitest";
import { proveCorpora } from "../../proofs/corpora/corpora.ts";
import { corpusMessages, hasCorpora } from "../../proofs/corpora/messages.ts";

if (!hasCorpora()) {
  process.stdout.write("skipped: the reference messages under ../shared/corpora are not here\n");
}

test.skipIf(!hasCorpora())(
  "every reference message is accepted, or refused with a reason, over a real socket, gives valid R4, and loses nothing without a word",
  async () => {
    const { passed, failed, text } = await proveCorpora();
    expect(failed, text).toBe(0);
    expect(passed).toBeGreaterThan(corpusMessages().length);
  },
  400_000,
);
