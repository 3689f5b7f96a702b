import { recordEvent } from "@/lib/audit/record-event";
import { type AttemptRule, takeAttempt } from "@/lib/auth/attempt-limit";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { getRuntime } from "../runtime";
import { dropFormerMembers, requestDelivery } from "./deliver";

/** A person trying a channel out presses a few times; a typed address is not to be called any number of times. */
const TESTS: AttemptRule = { what: "alertTest", attemptsMax: 20, windowMs: 60 * 60 * 1000 };

/** Sends a channel a test at once, whatever it is told of and when. */
export async function sendTest(
  access: WorkspaceAccess,
  { channelId }: { readonly channelId: string },
): Promise<Result<{ deliveryId: string }, { message: string }>> {
  const runtime = await getRuntime();
  const { database, clock, env } = runtime;
  const { workspaceId } = access;
  const counter = { database, secret: env.NEXTAUTH_SECRET, now: clock.now() };
  if ((await takeAttempt(counter, TESTS, workspaceId)) > 0)
    return err({
      message: `This workspace has sent ${TESTS.attemptsMax} tests within an hour. Go on later.`,
    });
  const asked = await database.withWorkspace(workspaceId, async (tx) => {
    await dropFormerMembers(tx);
    const channel = await tx.alertChannel.findUnique({ where: { id: channelId } });
    if (channel === null) return null;
    const deliveryId = await requestDelivery(runtime, tx, channel, { kind: "test", items: [] });
    await recordEvent(tx, {
      ...{ workspaceId, actorUserId: access.userId, action: "alerts.testSent", subject: channelId },
      at: clock.now(),
    });
    return { deliveryId };
  });
  if (asked === null) return err({ message: "This was removed meanwhile." });
  await sendOutboxSoon(runtime);
  return ok(asked);
}
