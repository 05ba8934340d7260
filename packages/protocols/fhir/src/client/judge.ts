import type { TrestleError } from "@trestle/base";
import { type Answer, type Content, issuesIn, readContent } from "./answer.ts";
import type { Dialect } from "./dialect.ts";
import { type FailureName, fhirErrors } from "./errors.ts";
import { type Issue, isFatal } from "./issues.ts";

/** What a request was about, in words that may stand in errors and logs. */
export interface Purpose {
  readonly interaction:
    | "read"
    | "search"
    | "count"
    | "create"
    | "update"
    | "operation"
    | "binary"
    | "capabilities"
    | "export";
  /** The resource type; left out where there is none. */
  readonly type?: string;
}

/** A request that was judged by its answer. The cause of the client's errors. */
export class RefusedAnswer extends Error {
  override readonly name = "RefusedAnswer";
  /** What the server said about it. Its texts are under guard. */
  readonly issues: readonly Issue[];
  // Hidden, for the text is about patients and would show wherever an error is printed.
  readonly #answer: Answer;

  constructor(answer: Answer, issues: readonly Issue[]) {
    super(`status ${answer.status}`);
    this.issues = issues;
    this.#answer = answer;
  }

  get status(): number {
    return this.#answer.status;
  }

  /** As the server sent it. */
  get retryAfter(): string | undefined {
    return this.#answer.retryAfter;
  }

  /** Without its text. */
  get head(): Answer {
    return { ...this.#answer, text: "" };
  }
}

/** What the judge looks at. */
export interface Judged {
  readonly answer: Answer;
  readonly purpose: Purpose;
  /** Whether the server may have changed something. */
  readonly isWrite: boolean;
  readonly dialect: Dialect;
}

/** A body, and the issues in it. */
interface Said {
  readonly content: Content;
  readonly issues: readonly Issue[];
}

/**
 * The error that an answer with status 400 or above is.
 *
 * The server's own code decides where the dialect knows it; else the body where it is no FHIR; else
 * the status.
 *
 * @see RFC 9110, section 15; FHIR R4, 3.1.0.1.8
 */
export function judgeAnswer(judged: Judged): TrestleError {
  const content = readContent(judged.answer.text);
  const issues = issuesIn(content);
  const name =
    nameByCode(judged, issues) ?? nameByBody(judged, { content, issues }) ?? nameByStatus(judged);
  const code = (issues.find(isFatal) ?? issues[0])?.code;
  return fhirErrors[name](
    {
      ...judged.purpose,
      status: judged.answer.status,
      ...(code === undefined ? {} : { code }),
      ...(content.shape === "fhir" ? {} : { answer: content.shape }),
    },
    new RefusedAnswer(judged.answer, issues),
  );
}

/** The issues of the answer behind an error of the client. */
export function issuesBehind(error: unknown): readonly Issue[] {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof RefusedAnswer ? cause.issues : [];
}

function nameByCode(
  { dialect, answer }: Judged,
  issues: readonly Issue[],
): FailureName | undefined {
  return issues
    .filter(isFatal)
    .map(({ code }) => dialect.codes[code ?? ""])
    .map((meaning) =>
      meaning?.errorBy?.words.test(answer.text) === true ? meaning.errorBy.error : meaning?.error,
    )
    .find((name) => name !== undefined);
}

function nameByBody({ answer, dialect }: Judged, said: Said): FailureName | undefined {
  const { content, issues } = said;
  if (content.shape === "json") {
    const own = dialect.judgeForeignBody?.(answer.status, content.value);
    if (own !== undefined) return own;
  }
  if (answer.status === 403) return nameOf403(answer, said);
  const isFhir = content.shape === "fhir" || issues.length > 0;
  return answer.status === 404 && !isFhir ? "notServed" : undefined;
}

/** A scope that is missing is told by the challenge or an empty body, a right by an outcome. */
function nameOf403({ challenge }: Answer, { content: { shape }, issues }: Said): FailureName {
  if (challenge?.includes("insufficient_scope") === true) return "apiNotGranted";
  if (shape === "fhir" || issues.length > 0) return "userNotPermitted";
  return shape === "empty" || shape === "json" ? "apiNotGranted" : "blocked";
}

function nameByStatus({ answer: { status }, isWrite }: Judged): FailureName {
  const known = byStatus.get(status);
  if (known !== undefined) return known;
  if (status === 408) return isWrite ? "writeTimedOut" : "readTimedOut";
  if (status === 504) return isWrite ? "writeTimedOut" : "readTimedOut";
  if (status >= 500) return isWrite ? "writeFailed" : "serverFailed";
  return "requestRefused";
}

const byStatus: ReadonlyMap<number, FailureName> = new Map([
  [401, "tokenRefused"],
  [404, "notFound"],
  [409, "conflicting"],
  [410, "deleted"],
  [412, "conflicting"],
  [413, "requestRefused"],
  [425, "throttled"],
  [429, "throttled"],
  [503, "unavailable"],
]);
