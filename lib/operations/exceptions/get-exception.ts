import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { type Sight, sightOf } from "@/lib/domain/personal-details";
import { type RecordOverride, recordOverrideSchema } from "@/lib/domain/record-override";
import type { ExceptionDetailView, ExchangeView } from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { storedExchangeSchema } from "@/lib/sync/vendor-exchange";
import { noteDetailsSeen } from "../privacy/note-details-seen";
import { parseRecordType } from "../runs/get-run";
import { definitionOf, getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { loadRecord } from "./correct-record";
import { correctableFields } from "./correctable-fields";
import { actionOf, canMoveToOpenDay, describeRow, namesOfPair } from "./describe-exception";
import { loadChoices, type Pair } from "./load-options";

/**
 * One exception with all that is known of it: what was sent and what came back, and what can be chosen for its record
 * alone. Null where there is none, or where it was settled meanwhile.
 */
export async function getException(
  access: WorkspaceAccess,
  exceptionId: string,
): Promise<ExceptionDetailView | null> {
  if (!z.uuid().safeParse(exceptionId).success) return null;
  const runtime = await getRuntime();
  const found = await runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    const row = pair && (await tx.syncException.findFirst({ where: { id: exceptionId, pairId: pair.id } }));
    const state = STATES.find((one) => one === row?.state);
    if (!row || !state) return null;
    // What was sent and answered holds the whole contact of a record.
    if (row.exchange !== null) {
      const { recordType, sourceExternalId: externalId } = row;
      await noteDetailsSeen(tx, access, [{ recordType, externalId }], runtime.clock.now());
    }
    return {
      pair,
      row,
      state,
      link: await findLink(tx, pair, row),
      questions: await tx.matchQuestion.count({ where: { ...whereRecord(pair, row), verdict: null } }),
      record: await loadRecord(tx, pair, row),
      overrides: await loadOverridesOf(tx, pair, row),
    };
  });
  if (!found) return null;
  const { pair, row, state, link, questions, record, overrides } = found;
  const isChangeable = link === null && state === "open";
  const fields = isChangeable
    ? correctableFields(record, overrides, await loadChoices(runtime, access, pair))
    : [];
  const { rules } = definitionOf(runtime, pair.ledger.connectorId);
  return {
    ...describeRow(row, sightOf(access)),
    state,
    group: row.groupKey,
    names: namesOfPair(runtime, pair),
    action: actionOf(row.cause, access.slug, questions > 0),
    canMoveToOpenDay: canMoveToOpenDay(row.cause) && isChangeable,
    exchange: describeExchange(row.exchange, sightOf(access)),
    fields,
    ledgerLink: link === null ? null : rules.link(parseRecordType(row.recordType), link),
  };
}

const STATES = ["open", "dismissed"] as const;

interface RecordName {
  readonly recordType: string;
  readonly sourceExternalId: string;
}

const whereRecord = (pair: Pair, { recordType, sourceExternalId }: RecordName) => ({
  pairId: pair.id,
  recordType,
  sourceExternalId,
});

async function findLink(tx: Transaction, pair: Pair, row: RecordName): Promise<string | null> {
  const link = await tx.recordLink.findFirst({
    where: whereRecord(pair, row),
    select: { ledgerExternalId: true },
  });
  return link?.ledgerExternalId ?? null;
}

async function loadOverridesOf(tx: Transaction, pair: Pair, row: RecordName): Promise<RecordOverride[]> {
  const rows = await tx.recordOverride.findMany({ where: whereRecord(pair, row) });
  return rows.map((one) => recordOverrideSchema.parse(one));
}

function describeExchange(stored: unknown, sight: Sight): ExchangeView | null {
  const exchange = storedExchangeSchema.safeParse(stored);
  if (!exchange.success) return null;
  const { method, path, sent, status, answered, vendorRequestId } = exchange.data;
  return {
    call: [method, sight.text(path), status === null ? "no answer" : `status ${status}`]
      .filter(Boolean)
      .join(" "),
    sent: sight.body(textOf(sent)),
    answer: sight.body(textOf(answered)),
    vendorRequestId,
  };
}

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
};
