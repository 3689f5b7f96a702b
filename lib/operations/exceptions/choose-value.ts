import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import type { ExceptionOutcome } from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { ok, type Result } from "@/lib/kernel/result";
import { labelOf } from "@/lib/mapping/value-maps";
import { getRuntime } from "../runtime";
import { loadPair } from "../setup/load-pair";
import { countRecords, idsOf, lockChosen, NO_PAIR, NOTHING_LEFT } from "./chosen-exceptions";
import { findMissingChoice, loadChoices, type MissingChoice, optionsFor, type Pair } from "./load-options";
import { andThen, lookAgain, refuse } from "./look-again";
import { askAgain } from "./retry-exceptions";

/**
 * Makes the choice of the set-up that a group of exceptions waits for, and tries its records again. The choice must be
 * one that the set-up itself offers; it holds for every later record too.
 */
export async function chooseValue(
  access: WorkspaceAccess,
  choice: { readonly group: string; readonly targetKey: string },
): Promise<Result<ExceptionOutcome, { message: string }>> {
  const runtime = await getRuntime();
  const pair = await loadPair(runtime, access.workspaceId);
  if (!pair) return refuse(NO_PAIR);
  const choices = await loadChoices(runtime, access, pair);
  const now = runtime.clock.now();
  const made = await runtime.database.withWorkspace(
    access.workspaceId,
    async (tx): Promise<Result<{ records: number; label: string }, { message: string }>> => {
      const chosen = await lockChosen(tx, pair.id, "open", { group: choice.group });
      const first = chosen[0];
      if (!first) return refuse(NOTHING_LEFT);
      const { cause, subject } = await tx.syncException.findUniqueOrThrow({ where: { id: first.id } });
      const missing = await findMissingChoice(tx, pair, { key: choice.group, cause, subject }, choices.maps);
      if (!missing) return refuse("Somebody has chosen this meanwhile. Try these records again.");
      const target = optionsFor(choices, missing.kind, missing.sourceKeys[0] ?? "").find(
        (option) => option.key === choice.targetKey,
      );
      if (!target) return refuse("That choice is no longer offered. Choose another.");
      await storeChoice(tx, { access, pair, missing, target, labels: choices.maps, now });
      await askAgain(tx, idsOf(chosen), now);
      return ok({ records: chosen.length, label: target.label });
    },
  );
  if (!made.ok) return made;
  const { records, label } = made.value;
  return andThen(`${label} it is, for ${countRecords(records)}.`, await lookAgain(runtime, access));
}

interface Choice {
  readonly access: WorkspaceAccess;
  readonly pair: Pair;
  readonly missing: MissingChoice;
  readonly target: { readonly key: string; readonly label: string };
  readonly labels: Parameters<typeof labelOf>[0];
  readonly now: Date;
}

async function storeChoice(
  tx: Transaction,
  { access, pair, missing, target, labels, now }: Choice,
): Promise<void> {
  const { workspaceId, userId } = access;
  const answer = {
    targetKey: target.key,
    targetLabel: target.label,
    confirmedAt: now,
    confirmedByUserId: userId,
  };
  for (const sourceKey of missing.sourceKeys) {
    const key = { pairId: pair.id, kind: missing.kind, sourceKey };
    await tx.valueMap.upsert({
      where: { pairId_kind_sourceKey: key },
      create: { ...key, workspaceId, sourceLabel: labelOf(labels, missing.kind, sourceKey), ...answer },
      update: answer,
    });
  }
  await recordEvent(tx, {
    workspaceId,
    actorUserId: userId,
    action: "setup.choiceMade",
    subject: pair.id,
    after: { kind: missing.kind, sourceKeys: missing.sourceKeys, targetKey: target.key },
    at: now,
  });
}
