import { recordEvent } from "@/lib/audit/record-event";
import { toInputJson } from "@/lib/db/input-json";
import { type CutOver, cutOverSchema } from "@/lib/domain/pair-settings";
import type { CutOverChoice, SetupChoices, SetupView } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { PREPARING_STATES } from "../runs/run-states";
import { getRuntime } from "../runtime";
import { getSetup } from "./get-setup";
import { loadPair } from "./load-pair";
import { questionKey } from "./setup-questions";

/**
 * Stores what a person chose, all of it or nothing. Every choice must be one that the form offers; a required one left
 * empty is named by its field. Records that wait on a choice are looked at again in the next run.
 */
export async function confirmSetup(
  access: WorkspaceAccess,
  choices: SetupChoices,
): Promise<Result<{ pairId: string }, { fieldErrors: Record<string, string>; message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const setup = await getSetup(access);
  const pair = await loadPair(runtime, workspaceId);
  if (!pair || setup.missing.length > 0)
    return err({ fieldErrors: {}, message: "Connect both systems first." });
  if (setup.unread !== undefined) return err({ fieldErrors: {}, message: setup.unread });
  if (setup.refusal !== null) return err({ fieldErrors: {}, message: setup.refusal });
  const given = new Map(
    choices.choices.map((choice) => [questionKey(choice.kind, choice.sourceKey), choice.targetKey]),
  );
  const cutOver =
    choices.cutOver === undefined ? ok(pair.settings.cutOver) : parseCutOver(setup, choices.cutOver);
  const fieldErrors = {
    ...findFieldErrors(setup, given),
    ...(cutOver.ok ? {} : { cutOver: cutOver.error }),
  };
  if (!cutOver.ok || Object.keys(fieldErrors).length > 0) {
    return err({ fieldErrors, message: "Some choices are still missing. They are marked below." });
  }
  const now = runtime.clock.now();
  const rows = setup.sections.flatMap((section) =>
    section.questions.map((question) => {
      const targetKey = given.get(questionKey(question.kind, question.sourceKey)) ?? null;
      return {
        workspaceId,
        pairId: pair.id,
        kind: question.kind,
        sourceKey: question.sourceKey,
        sourceLabel: question.sourceLabel,
        targetKey,
        targetLabel: question.options.find((option) => option.key === targetKey)?.label ?? null,
        confirmedAt: now,
        confirmedByUserId: access.userId,
      };
    }),
  );
  await runtime.database.withWorkspace(workspaceId, async (tx) => {
    // A count that is still reading would keep the first preview waiting, which reads what is left by itself.
    if (pair.state === "setup")
      await tx.syncRun.updateMany({
        where: { pairId: pair.id, state: { in: [...PREPARING_STATES] } },
        data: { state: "superseded" },
      });
    await tx.valueMap.deleteMany({ where: { pairId: pair.id } });
    await tx.valueMap.createMany({ data: rows });
    await tx.pair.update({
      where: { id: pair.id },
      data: {
        state: pair.state === "setup" ? "ready" : pair.state,
        settings: toInputJson({
          ...pair.settings,
          documentStatus: choices.documentStatus,
          cutOver: cutOver.value,
          version: pair.settings.version + 1,
        }),
      },
    });
    await tx.recordSnapshot.updateMany({
      where: {
        connectionId: pair.sourceConnectionId,
        disposition: "excluded",
        dispositionReason: { notIn: ["undone", "dismissed"] },
      },
      data: { disposition: "pending" },
    });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "setup.confirmed",
      subject: pair.id,
      after: {
        documentStatus: choices.documentStatus,
        cutOver: cutOver.value,
        choices: rows.map(({ kind, sourceKey, targetKey }) => ({ kind, sourceKey, targetKey })),
      },
      at: now,
    });
  });
  return ok({ pairId: pair.id });
}

/** What a person chose of the cut-over, or what is missing in it. */
function parseCutOver(setup: SetupView, choice: CutOverChoice | null): Result<CutOver | null, string> {
  if (choice === null) return ok(null);
  const parsed = cutOverSchema.safeParse(choice);
  if (!parsed.success) return err("Give the first day that is kept, or choose to post everything.");
  const { openDocuments, openingAccountKey } = parsed.data;
  if (openDocuments === "match") return ok({ ...parsed.data, openingAccountKey: null });
  return setup.cutOver?.accounts.some((account) => account.key === openingAccountKey)
    ? ok(parsed.data)
    : err("Choose the account that opening balances are booked against.");
}

function findFieldErrors(
  setup: SetupView,
  given: ReadonlyMap<string, string | null>,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const question of setup.sections.flatMap((section) => section.questions)) {
    const key = questionKey(question.kind, question.sourceKey);
    const targetKey = given.get(key) ?? null;
    if (targetKey === null) {
      if (!question.optional) errors[key] = `Choose where "${question.sourceLabel}" goes.`;
    } else if (!question.options.some((option) => option.key === targetKey)) {
      errors[key] = `That choice for "${question.sourceLabel}" is no longer offered. Choose another.`;
    }
  }
  return errors;
}
