import { CONNECTOR_ERROR_KINDS } from "@/lib/connectors/contract/connector-error";
import { PROBLEM_CAUSES, type ProblemCause, problem } from "@/lib/domain/problem";
import type { ErrorTopic } from "@/lib/domain/views/help-view";
import { problemSentence } from "@/lib/sync/problem-sentence";
import { CONNECTION_TOPICS } from "./connection-topics";
import { RECORD_TOPICS } from "./record-topics";

/**
 * Every way in which something can fail, each with its page: the causes of exceptions and the kinds of failed calls, from the
 * very lists that the engine goes by. A new one without words does not compile.
 */
const EXAMPLE = { record: "Invoice 1042 (Harbour Lights Ltd)", source: "Zoho Books", ledger: "Xero" };

export function listErrorTopics(): readonly ErrorTopic[] {
  return [
    ...PROBLEM_CAUSES.map(recordTopic),
    ...CONNECTOR_ERROR_KINDS.map(
      (kind): ErrorTopic => ({
        kind: `connection-${kind}`,
        area: "connection",
        ...CONNECTION_TOPICS[kind],
      }),
    ),
  ];
}

/** The page of that name; null where there is none. */
export function findErrorTopic(kind: string): ErrorTopic | null {
  return listErrorTopics().find((topic) => topic.kind === kind) ?? null;
}

function recordTopic(cause: ProblemCause): ErrorTopic {
  const { title, example, record = EXAMPLE.record, why } = RECORD_TOPICS[cause];
  const { message, remedy } = problemSentence(problem(cause, example), { ...EXAMPLE, record });
  return {
    kind: cause,
    area: "record",
    title,
    says: message,
    why,
    remedy,
    meanwhile: "The other records go on. This one is tried again once its cause is gone, or when you press.",
  };
}
