import type { AnyConnectorDefinition } from "@/lib/connectors/contract/connector";
import { sightOf } from "@/lib/domain/personal-details";
import type { RecordType } from "@/lib/domain/record-type";
import {
  mayBeAccepted,
  TIE_OUT_KINDS,
  TIE_OUT_WEIGHTS,
  type TieOutAction,
  type TieOutKind,
  type TieOutWeight,
} from "@/lib/domain/views/tie-out-kind";
import type { TieOutFindingPage, TieOutRecordRow } from "@/lib/domain/views/tie-out-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { definitionOf, getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { recordRow } from "./finding-row";

const ROWS_A_PAGE = 50;

/** What to list; everything that is left out lists all. */
export interface FindingChoice {
  readonly weights?: readonly TieOutWeight[];
  readonly kind?: TieOutKind | null;
  readonly recordType?: RecordType | null;
  /** "2026-07". */
  readonly month?: string | null;
  /** `next` of the page before. */
  readonly after?: string | null;
}

/** The findings of the newest tie-out, the weightiest first, a page by key. */
export async function listFindings(
  access: WorkspaceAccess,
  choice: FindingChoice,
): Promise<TieOutFindingPage> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return { rows: [], next: null };
    const after = parseKey(choice.after ?? null);
    const rows = await tx.tieOutFinding.findMany({
      where: {
        pairId: pair.id,
        ...(choice.weights
          ? { weight: { in: choice.weights.map((one) => TIE_OUT_WEIGHTS.indexOf(one)) } }
          : {}),
        ...(choice.kind ? { kind: choice.kind } : {}),
        ...(choice.recordType ? { recordType: choice.recordType } : {}),
        ...(choice.month ? { documentDate: { startsWith: choice.month } } : {}),
        ...(after
          ? { OR: [{ weight: { gt: after.weight } }, { weight: after.weight, id: { gt: after.id } }] }
          : {}),
      },
      orderBy: [{ weight: "asc" }, { id: "asc" }],
      take: ROWS_A_PAGE + 1,
    });
    const page = rows.slice(0, ROWS_A_PAGE);
    const ledger = definitionOf(runtime, pair.ledger.connectorId);
    const last = page.at(-1);
    const sight = sightOf(access);
    return {
      rows: page.map((row) => {
        const found = recordRow(row);
        const shown = {
          ...found,
          sentence: sight.text(found.sentence),
          fields: sight.fields(found.fields),
        };
        const ledgerUrl =
          row.ledgerExternalId === "" ? null : ledger.rules.link(shown.recordType, row.ledgerExternalId);
        return {
          ...shown,
          sourceExternalId: row.sourceExternalId,
          ledgerUrl,
          mayAccept: mayBeAccepted(shown.kind),
          action: actionOf(shown, ledgerUrl, ledger),
        };
      }),
      next: rows.length > ROWS_A_PAGE && last ? `${last.weight}-${last.id}` : null,
    };
  });
}

/** The one thing to do: what the ledger's API cannot do is done there by hand, and where that has no page it is accepted. */
function actionOf(
  row: TieOutRecordRow,
  ledgerUrl: string | null,
  ledger: AnyConnectorDefinition,
): TieOutAction {
  if (canPostAgain(row, ledger)) return "postAgain";
  const { action } = TIE_OUT_KINDS[row.kind];
  if (action !== "postAgain" && action !== "openLedger") return action;
  if (ledgerUrl !== null) return "openLedger";
  return mayBeAccepted(row.kind) ? "accept" : "none";
}

/** True where the ledger has no such record any more, also where an exception says so. */
export const isGoneInLedger = ({ kind, fields }: Pick<TieOutRecordRow, "kind" | "fields">): boolean =>
  kind === "missing" ||
  kind === "voidedInLedger" ||
  (kind === "exception" && fields.some(({ field }) => field === "status"));

/** What is not there is created, what is there is updated where the ledger takes that. */
export function canPostAgain(
  row: Pick<TieOutRecordRow, "kind" | "fields" | "recordType">,
  { manifest }: Pick<AnyConnectorDefinition, "manifest">,
): boolean {
  const { write } = manifest.capabilities[row.recordType];
  if (isGoneInLedger(row)) return write.includes("create");
  return TIE_OUT_KINDS[row.kind].action === "postAgain" && write.includes("update");
}

function parseKey(text: string | null): { weight: number; id: bigint } | null {
  const found = /^(\d{1,3})-(\d{1,18})$/.exec(text ?? "");
  return found ? { weight: Number(found[1]), id: BigInt(found[2] ?? "0") } : null;
}
