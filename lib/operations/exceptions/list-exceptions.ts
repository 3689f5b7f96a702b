import { moneyText } from "@/lib/domain/money";
import { PROBLEM_CAUSES, type ProblemCause, problem } from "@/lib/domain/problem";
import type { ExceptionGroupView } from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { problemSentence } from "@/lib/sync/problem-sentence";
import { parseRecordType } from "../runs/get-run";
import { definitionOf, getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

const ROWS_SHOWN = 100;

/** Causes whose remedy is made in our own set-up. */
const MENDED_IN_SETUP: ReadonlySet<ProblemCause> = new Set([
  "accountNotMapped",
  "accountNotUsable",
  "taxNotMapped",
  "taxNotAllowedForAccount",
  "paymentAccountNotMapped",
]);
/** Causes that go away when the record that they wait for is mended. */
const WAITING: ReadonlySet<ProblemCause> = new Set(["contactNotPosted", "documentNotPosted"]);

/** Open exceptions, grouped by what mends them; those that only wait for another come last. */
export async function listExceptions(access: WorkspaceAccess): Promise<ExceptionGroupView[]> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return [];
    const labels = {
      source: definitionOf(runtime, pair.source.connectorId).manifest.label,
      ledger: definitionOf(runtime, pair.ledger.connectorId).manifest.label,
    };
    const rows = await tx.syncException.findMany({
      where: { pairId: pair.id, state: "open" },
      orderBy: { createdAt: "asc" },
    });
    const groups = new Map<string, typeof rows>();
    for (const row of rows) {
      const key = `${row.cause}\u0000${row.subject}`;
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    const views = [...groups.values()].map((group): ExceptionGroupView & { order: number } => {
      const first = group[0];
      const cause = PROBLEM_CAUSES.find((one) => one === first?.cause) ?? "refused";
      const subject = first?.subject ?? "";
      const record = group.length === 1 ? (first?.message ?? "") : "";
      const sentence = problemSentence(problem(cause, subject, first?.vendorMessage), {
        ...labels,
        record: countRecords(group.length),
      });
      return {
        cause,
        subject,
        message: record === "" ? sentence.message : record,
        remedy: sentence.remedy,
        action: MENDED_IN_SETUP.has(cause)
          ? { label: "Open the set-up", href: `/${access.slug}/setup` }
          : null,
        total: group.length,
        rows: group.slice(0, ROWS_SHOWN).map((row) => ({
          exceptionId: row.id,
          recordType: parseRecordType(row.recordType),
          sourceExternalId: row.sourceExternalId,
          number: row.number,
          label: row.label,
          amount:
            row.currency === null || row.grossMinor === null
              ? null
              : {
                  amount: moneyText({ minor: row.grossMinor, currency: row.currency }),
                  currency: row.currency,
                },
          message: row.message,
          vendorMessage: row.vendorMessage,
          attempts: row.attempts,
          since: row.createdAt.toISOString(),
        })),
        order: WAITING.has(cause) ? 1 : 0,
      };
    });
    return views
      .sort((left, right) => left.order - right.order || right.total - left.total)
      .map(({ order: _order, ...view }) => view);
  });
}

const countRecords = (count: number): string => (count === 1 ? "One record" : `Each of ${count} records`);
