import type { Transaction } from "@/lib/db/client";
import { type CanonicalRecord, isDocument } from "@/lib/domain/canonical-record";
import { documentSide } from "@/lib/domain/document";
import type { ReferenceData } from "@/lib/domain/reference-data";
import type { ChoiceOption } from "@/lib/domain/views/exception-view";
import type { SetupKind, SetupQuestion } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { buildValueMaps, labelOf, taxSideKey, taxSideOf, type ValueMaps } from "@/lib/mapping/value-maps";
import { AS_STORED, loadReference } from "../connections/load-reference";
import type { Runtime } from "../runtime";
import type { loadPairIn } from "../setup/load-pair";
import { loadWaitingOn } from "../setup/load-waiting-on";
import { buildSections } from "../setup/setup-questions";

/**
 * What a person may choose from when an exception is mended in place: the very questions and options of the set-up, from
 * what was last read of both systems. No vendor is asked, so the page of exceptions opens while one is out of order.
 */
export interface Choices {
  readonly maps: ValueMaps;
  readonly ledger: ReferenceData;
  readonly questions: readonly SetupQuestion[];
}

export type Pair = NonNullable<Awaited<ReturnType<typeof loadPairIn>>>;

export async function loadChoices(
  runtime: Runtime,
  access: WorkspaceAccess,
  pair: Pair,
  /** So many of the records that wait for a choice are looked at; all unless said otherwise. */
  recordsMax: number | null = null,
): Promise<Choices> {
  const { workspaceId } = access;
  const source = await loadReference(runtime, workspaceId, pair.sourceConnectionId, AS_STORED);
  const ledger = await loadReference(runtime, workspaceId, pair.ledgerConnectionId, AS_STORED);
  const waitingOn = await loadWaitingOn(runtime.database, workspaceId, pair, recordsMax);
  const rows = await runtime.database.withWorkspace(workspaceId, (tx) =>
    tx.valueMap.findMany({ where: { pairId: pair.id } }),
  );
  const chosen = new Map(rows.map((row) => [`${row.kind}:${row.sourceKey}`, row.targetKey]));
  return {
    maps: buildValueMaps(rows, pair.settings.documentStatus ?? "draft", ledger, source),
    ledger,
    questions: buildSections(source, ledger, chosen, waitingOn).flatMap((section) => section.questions),
  };
}

/** The set-up's own options for a value; for one that it never asked about, those of the same kind and side. */
export function optionsFor(choices: Choices, kind: SetupKind, sourceKey: string): readonly ChoiceOption[] {
  const side = sourceKey.slice(sourceKey.lastIndexOf("@"));
  const ofKind = choices.questions.filter((question) => question.kind === kind);
  const question =
    ofKind.find((one) => one.sourceKey === sourceKey) ??
    (kind === "tax" ? ofKind.find((one) => one.sourceKey.endsWith(side)) : ofKind[0]);
  return question?.options ?? [];
}

/** A missing choice of the set-up that a group of exceptions waits for. */
export interface MissingChoice {
  readonly kind: "account" | "tax" | "paymentAccount";
  readonly sourceKeys: readonly string[];
}

const KIND_OF_CAUSE: Readonly<Record<string, MissingChoice["kind"]>> = {
  accountNotMapped: "account",
  taxNotMapped: "tax",
  paymentAccountNotMapped: "paymentAccount",
};

export const kindOfCause = (cause: string): MissingChoice["kind"] | null => KIND_OF_CAUSE[cause] ?? null;

/**
 * Which values of the source a group waits for. An exception names what it is about by its label, as people do; the keys
 * are those on its records that bear this label and have no choice yet.
 */
export async function findMissingChoice(
  tx: Transaction,
  pair: Pair,
  group: { readonly key: string; readonly cause: string; readonly subject: string },
  maps: ValueMaps,
  /** So many of its records are looked at; all unless said otherwise. */
  recordsMax: number | null = null,
): Promise<MissingChoice | null> {
  const kind = kindOfCause(group.cause);
  if (kind === null) return null;
  const rows = await tx.$queryRaw<{ account: string; tax: string; bank: string }[]>`
    SELECT DISTINCT COALESCE(line ->> 'accountKey', '') AS account, COALESCE(line ->> 'taxKey', '') AS tax,
           COALESCE(s.record ->> 'bankAccountKey', s.record ->> 'accountKey', '') AS bank
      FROM (SELECT * FROM exceptions
             WHERE pair_id = ${pair.id}::uuid AND state = 'open' AND group_key = ${group.key}
             ORDER BY sequence LIMIT ${recordsMax}::bigint) e
      JOIN record_snapshots s ON s.connection_id = ${pair.sourceConnectionId}::uuid
                             AND s.record_type = e.record_type AND s.external_id = e.source_external_id
      LEFT JOIN LATERAL jsonb_array_elements(
             CASE jsonb_typeof(s.record -> 'lines') WHEN 'array' THEN s.record -> 'lines' END) AS line ON true`;
  const keys = rows.flatMap(({ account, tax, bank }) => {
    if (kind === "account") return [account];
    if (kind === "paymentAccount") return [bank];
    return [taxSideKey(tax, "sales"), taxSideKey(tax, "purchases")];
  });
  const sourceKeys = [...new Set(keys)].filter(
    (key) => !maps[kind].has(key) && labelOf(maps, kind, key) === group.subject,
  );
  return sourceKeys.length === 0 ? null : { kind, sourceKeys };
}

/** Which side of each tax a record's lines take, by the accounts that they go to. */
export function taxKeysOf(record: CanonicalRecord, maps: ValueMaps): string[] {
  if (!("lines" in record) || record.lineAmounts === "noTax") return [];
  const side = isDocument(record) ? documentSide(record) : "purchases";
  return [
    ...new Set(
      record.lines.flatMap((line) => {
        if (!isDocument(record) && line.taxKey === null) return [];
        const accountClass = maps.accountClass.get(maps.account.get(line.accountKey ?? "") ?? "");
        return [taxSideKey(line.taxKey ?? "", accountClass ? taxSideOf(accountClass, side) : side)];
      }),
    ),
  ];
}
