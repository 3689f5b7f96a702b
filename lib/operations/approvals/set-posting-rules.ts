import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import type { ApprovalPolicy } from "@/lib/domain/approval-policy";
import { parseLocalDate } from "@/lib/domain/local-date";
import { parseMoney } from "@/lib/domain/money";
import type { PostingRules } from "@/lib/domain/views/approval-view";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { encode } from "@/lib/kernel/json";
import { err, ok, type Result } from "@/lib/kernel/result";
import { loadApprovalPolicy } from "@/lib/sync/approval-gate";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

type Saved = Result<null, { message: string; fieldErrors?: Readonly<Record<string, string>> }>;

/**
 * Stores above which amounts a second person has to agree, and up to when tax was filed. A preview that waits gives way, so
 * that the rules hold for the next one from its first record; rules are not loosened while records wait on them.
 */
export async function setPostingRules(access: WorkspaceAccess, rules: PostingRules): Promise<Saved> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  if (!hasRole(access, "admin"))
    return err({ message: "Your role in this workspace does not allow that. Ask its owner." });
  return database.withWorkspace(workspaceId, async (tx): Promise<Saved> => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
    const pair = await loadPairIn(tx);
    if (!pair || pair.state === "setup") return err({ message: "Finish the set-up first." });
    const parsed = parseRules(rules, pair.ledger.baseCurrency);
    if (!parsed.ok) return parsed;
    const { policy, taxFiledTo } = parsed.value;
    const before = await loadApprovalPolicy(tx, pair.id);
    if (isLooser(before, policy) && (await hasWaiting(tx, pair.id)))
      return err({
        message:
          "Records wait for approval by these rules. Decide on them first, then the rules can be loosened.",
      });
    await tx.pair.update({
      where: { id: pair.id },
      data: { approvalPolicy: policy === null ? Prisma.DbNull : toInputJson(policy), taxFiledTo },
    });
    await tx.syncRun.updateMany({
      where: { pairId: pair.id, state: "previewed", undoesRunId: null },
      data: { state: "superseded" },
    });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "postingRules.changed",
      subject: pair.id,
      before: encode({ policy: before, taxFiledTo: pair.taxFiledTo }),
      after: encode({ policy, taxFiledTo }),
      at: clock.now(),
    });
    return ok(null);
  });
}

const hasWaiting = async (tx: Transaction, pairId: string): Promise<boolean> =>
  (await tx.approval.count({ where: { pairId, state: "waiting" } })) > 0;

/** True where something that is asked for now would no longer be. */
function isLooser(before: ApprovalPolicy | null, after: ApprovalPolicy | null): boolean {
  if (before === null) return false;
  const loosened = (old: bigint | null, fresh: bigint | null | undefined): boolean =>
    old !== null && (fresh == null || fresh > old);
  return (
    loosened(before.perRecordMinor, after?.perRecordMinor) || loosened(before.perRunMinor, after?.perRunMinor)
  );
}

function parseRules(
  rules: PostingRules,
  currency: string,
): Result<
  { policy: ApprovalPolicy | null; taxFiledTo: string | null },
  { message: string; fieldErrors: Record<string, string> }
> {
  const fieldErrors: Record<string, string> = {};
  const limit = (field: "perRecord" | "perRun"): bigint | null => {
    const text = rules[field].trim().replaceAll(",", "");
    if (text === "") return null;
    const minor = readMinor(text, currency);
    if (minor === null) fieldErrors[field] = `Write an amount in ${currency}, for example 5000.`;
    return minor;
  };
  const perRecordMinor = limit("perRecord");
  const perRunMinor = limit("perRun");
  const filed = rules.taxFiledTo.trim();
  if (filed !== "" && !isDate(filed)) fieldErrors.taxFiledTo = "Choose a date.";
  if (Object.keys(fieldErrors).length > 0)
    return err({ message: "Something is missing or not valid.", fieldErrors });
  const policy =
    perRecordMinor === null && perRunMinor === null
      ? null
      : { currency, perRecordMinor, perRunMinor, meanwhile: rules.meanwhile };
  return ok({ policy, taxFiledTo: filed === "" ? null : filed });
}

function readMinor(text: string, currency: string): bigint | null {
  if (!/^\d{1,13}(\.\d{1,3})?$/.test(text)) return null;
  try {
    return parseMoney(text, currency).minor;
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

function isDate(text: string): boolean {
  try {
    parseLocalDate(text);
    return true;
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}
