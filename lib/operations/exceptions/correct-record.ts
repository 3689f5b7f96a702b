import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import { type CanonicalRecord, canonicalRecordSchema } from "@/lib/domain/canonical-record";
import { parseLocalDate } from "@/lib/domain/local-date";
import { overrideKey, recordOverrideSchema, sourceValueOf } from "@/lib/domain/record-override";
import type { Correction, ExceptionOutcome } from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { parseRecordType } from "../runs/get-run";
import { getRuntime, type Runtime } from "../runtime";
import { loadPair } from "../setup/load-pair";
import { findOnTheWay, type LockedException, lockChosen, NO_PAIR, NOTHING_LEFT } from "./chosen-exceptions";
import { correctableFields } from "./correctable-fields";
import { type Choices, loadChoices, type Pair } from "./load-options";
import { andThen, goesByItself, lookAgain, refuse } from "./look-again";
import { askAgain } from "./retry-exceptions";

export interface CorrectionRefusal {
  readonly message: string;
  /** By overrideKey. */
  readonly fieldErrors?: Readonly<Record<string, string>>;
}

/**
 * Stores what a person chose for one record alone, all of it or nothing. The plan applies it and the preview shows it;
 * the source and the set-up stay as they are, and a change of the source in such a field drops the choice.
 */
export async function correctRecord(
  access: WorkspaceAccess,
  request: {
    readonly exceptionId: string;
    readonly corrections: readonly Correction[];
    /** Whether to look again at once where nothing goes by itself. */
    readonly tryAgain: boolean;
  },
): Promise<Result<ExceptionOutcome, CorrectionRefusal>> {
  const runtime = await getRuntime();
  const pair = await loadPair(runtime, access.workspaceId);
  if (!pair) return refuse(NO_PAIR);
  const choices = await loadChoices(runtime, access, pair);
  const stored = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    storeCorrections(tx, { runtime, access, pair, choices }, request),
  );
  if (!stored.ok) return stored;
  const done = "Kept for this record alone.";
  const isByItself = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    goesByItself(tx, pair.id),
  );
  if (!isByItself && !request.tryAgain)
    return ok({ message: `${done} The next preview shows it.`, previewRunId: null });
  return andThen(done, await lookAgain(runtime, access));
}

interface Parts {
  readonly runtime: Runtime;
  readonly access: WorkspaceAccess;
  readonly pair: Pair;
  readonly choices: Choices;
}

async function storeCorrections(
  tx: Transaction,
  parts: Parts,
  request: { readonly exceptionId: string; readonly corrections: readonly Correction[] },
): Promise<Result<null, CorrectionRefusal>> {
  const { access, pair, runtime } = parts;
  const now = runtime.clock.now();
  const chosen = await lockChosen(tx, pair.id, "open", { exceptionIds: [request.exceptionId] });
  const exception = chosen[0];
  if (!exception) return refuse(NOTHING_LEFT);
  if ((await findOnTheWay(tx, pair.id, chosen)).size > 0)
    return refuse("It is being sent in this moment. Look again when the run is finished.");
  const where = recordWhere(pair, exception);
  const link = await tx.recordLink.findFirst({ where, select: { id: true } });
  if (link) return refuse("It is in the ledger already: what is posted is changed there.");
  const record = await loadRecord(tx, pair, exception);
  const rows = await tx.recordOverride.findMany({ where });
  const checked = await checkCorrections(tx, parts, record, rows, request.corrections);
  if (!checked.ok) return checked;
  for (const one of checked.value) {
    const key = { ...where, field: one.field, sourceKey: one.sourceKey };
    await tx.recordOverride.deleteMany({ where: key });
    if (one.value === "") continue;
    await tx.recordOverride.create({
      data: {
        ...key,
        workspaceId: access.workspaceId,
        value: one.value,
        label: one.label,
        sourceValue: one.sourceValue,
        origin: "person",
        madeByUserId: access.userId,
        madeByName: access.userName,
        madeAt: now,
      },
    });
  }
  // A plan from before no longer says what would be posted.
  await tx.syncRun.updateMany({
    where: { pairId: pair.id, state: "previewed" },
    data: { state: "superseded" },
  });
  await askAgain(tx, [exception.id], now);
  await recordEvent(tx, {
    workspaceId: access.workspaceId,
    actorUserId: access.userId,
    action: "record.corrected",
    subject: `${exception.recordType}:${exception.sourceExternalId}`,
    before: rows.map(({ field, sourceKey, value }) => ({ field, sourceKey, value })),
    after: checked.value.map(({ field, sourceKey, value, label }) => ({ field, sourceKey, value, label })),
    at: now,
  });
  return ok(null);
}

const recordWhere = (pair: Pair, { recordType, sourceExternalId }: LockedException) => ({
  pairId: pair.id,
  recordType,
  sourceExternalId,
});

export async function loadRecord(
  tx: Transaction,
  pair: Pair,
  exception: { readonly recordType: string; readonly sourceExternalId: string },
): Promise<CanonicalRecord> {
  const snapshot = await tx.recordSnapshot.findUniqueOrThrow({
    where: {
      connectionId_recordType_externalId: {
        connectionId: pair.sourceConnectionId,
        recordType: parseRecordType(exception.recordType),
        externalId: exception.sourceExternalId,
      },
    },
    select: { record: true },
  });
  return canonicalRecordSchema.parse(snapshot.record);
}

interface Checked extends Correction {
  readonly label: string;
  readonly sourceValue: string;
}

/** Only what the form offers, and only what differs from what the source says. */
async function checkCorrections(
  tx: Transaction,
  { choices, pair }: Parts,
  record: CanonicalRecord,
  rows: readonly unknown[],
  corrections: readonly Correction[],
): Promise<Result<readonly Checked[], CorrectionRefusal>> {
  const overrides = rows.map((row) => recordOverrideSchema.parse(row));
  const fields = correctableFields(record, overrides, choices);
  const fieldErrors: Record<string, string> = {};
  const checked: Checked[] = [];
  for (const { field, sourceKey, value } of corrections) {
    const key = overrideKey(field, sourceKey);
    const known = fields.find((one) => one.field === field && one.sourceKey === sourceKey);
    const sourceValue = sourceValueOf(record, field, sourceKey);
    if (sourceValue === null || (!known && value !== "")) {
      fieldErrors[key] = "This record has nothing like that any more.";
      continue;
    }
    const isTyped = field === "number" || field === "date";
    const wanted = value.trim();
    if (wanted === "" || (isTyped && wanted === sourceValue)) {
      checked.push({ field, sourceKey, value: "", label: "", sourceValue });
      continue;
    }
    const label = await labelOfValue(tx, pair, field, wanted, known?.options ?? null);
    if (!label.ok) fieldErrors[key] = label.error;
    else checked.push({ field, sourceKey, value: wanted, label: label.value, sourceValue });
  }
  if (Object.keys(fieldErrors).length > 0)
    return err({ message: "Something of this cannot be taken. It is marked below.", fieldErrors });
  return ok(checked);
}

const NUMBER_CHARACTERS_MAX = 255;

async function labelOfValue(
  tx: Transaction,
  pair: Pair,
  field: Correction["field"],
  value: string,
  options: readonly { readonly key: string; readonly label: string }[] | null,
): Promise<Result<string, string>> {
  switch (field) {
    case "account":
    case "tax":
    case "paymentAccount": {
      const option = options?.find((one) => one.key === value);
      return option ? ok(option.label) : err("That choice is no longer offered. Choose another.");
    }
    case "contact": {
      const contact = await tx.ledgerRecord.findFirst({
        where: { connectionId: pair.ledgerConnectionId, recordType: "contact", externalId: value },
      });
      const parsed = canonicalRecordSchema.safeParse(contact?.record);
      if (!parsed.success || parsed.data.recordType !== "contact") return err("There is no such contact.");
      return parsed.data.active ? ok(parsed.data.name) : err("This contact is archived. Choose another.");
    }
    case "number":
      return value.length <= NUMBER_CHARACTERS_MAX
        ? ok(value)
        : err(`A number has at most ${NUMBER_CHARACTERS_MAX} characters.`);
    case "date":
      try {
        return ok(parseLocalDate(value));
      } catch {
        return err("That is no date. Write it as 2026-07-01.");
      }
  }
}
