import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { keepWords } from "./keep-words";
import { type MatchWord, weighWords } from "./match-words";

/**
 * Keeps what a person says of records of both sides, all of it or nothing. Unlike the answers to open questions it may be
 * about any two: `outdated` says that a preview planned otherwise and gave way.
 */
export async function sayMatches(
  access: WorkspaceAccess,
  request: { readonly words: readonly MatchWord[] },
): Promise<Result<{ said: number; outdated: boolean }, { message: string }>> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`matches:${access.workspaceId}`}, 0))`;
    const pair = await loadPairIn(tx);
    if (!pair) return err({ message: "Connect both systems first." });
    const weighed = await weighWords(tx, pair, request.words);
    const fault = weighed.find((word) => word.fault !== null)?.fault;
    if (fault) return err({ message: `${fault.message} ${fault.remedy}` });
    return keepWords(runtime, tx, access, pair, weighed);
  });
}
