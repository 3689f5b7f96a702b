import { RECORD_TYPES } from "@/lib/domain/record-type";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { listConnections } from "@/lib/operations/connections/list-connections";
import { getTieOut } from "@/lib/operations/reconciliation/get-tie-out";
import { listFigures, listTieOutTrend } from "@/lib/operations/reconciliation/list-figures";
import { listFindings } from "@/lib/operations/reconciliation/list-findings";
import { listMonths } from "@/lib/operations/reconciliation/list-months";
import type { TieOutQuery } from "./tie-out-query";

/** Everything that the page of a tie-out shows; null before the first. */
export async function loadTieOutPage(access: WorkspaceAccess, query: TieOutQuery) {
  const view = await getTieOut(access, 0);
  if (!view) return null;
  const recordTypes = RECORD_TYPES.filter((type) =>
    view.byType.some((line) => line.recordType === type && line.currency !== null),
  );
  const type =
    recordTypes.find((one) => one === (query.type ?? "invoice")) ?? recordTypes[0] ?? ("invoice" as const);
  const sort = query.sort ?? (query.by === "month" ? ("latest" as const) : ("key" as const));
  const [connections, trend, needing, explained, figures, latest, months] = await Promise.all([
    listConnections(access),
    listTieOutTrend(access),
    listFindings(access, {
      weights: ["discrepancy", "look", "waiting"],
      kind: query.kind,
      after: query.after,
    }),
    listFindings(access, { weights: ["explained"], kind: query.explained, after: query.explainedAfter }),
    listFigures(access, { dimension: query.by, recordType: type, sort, after: query.figuresAfter }),
    listFigures(access, { dimension: "month", recordType: type, sort: "latest" }),
    listMonths(access),
  ]);
  return {
    view,
    connections,
    recordTypes,
    choices: { dimension: query.by, type, sort },
    trend,
    needing,
    explained,
    figures,
    latestMonths: latest.rows,
    months,
  };
}
