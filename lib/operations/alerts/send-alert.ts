import { alertMessageSchema, slackBodyOf, webhookBodyOf } from "@/lib/domain/alert-message";
import { GuardFailure } from "@/lib/http/guarded-request";
import { HttpFailure } from "@/lib/http/send-request";
import { getRuntime, type Runtime } from "../runtime";
import { openChannel } from "./channel-secret";
import { loadSender } from "./load-sender";
import { signWebhook } from "./sign-webhook";

export interface DeliveryRef {
  readonly workspaceId: string;
  readonly deliveryId: string;
}

const TIMEOUT_MS = 10_000;

/** Answers that another attempt may change, though they are refusals. */
const TRY_AGAIN: ReadonlySet<number> = new Set([408, 425, 429]);

type Outcome =
  | { readonly state: "sent" | "failed"; readonly words: string }
  | { readonly state: "waiting"; readonly words: string; readonly cause: unknown };

/**
 * Posts a delivery to its Slack or webhook address and notes what became of it. `gone`: it was sent, given up, or its
 * channel was removed. `failed`: refused for good. Throws where another attempt may get through; ask again.
 */
export async function sendAlert({
  workspaceId,
  deliveryId,
}: DeliveryRef): Promise<"sent" | "failed" | "gone"> {
  const runtime = await getRuntime();
  const { database, clock } = runtime;
  const found = await database.withWorkspace(workspaceId, async (tx) => {
    const delivery = await tx.alertDelivery.findUnique({
      where: { id: deliveryId },
      include: { channel: true },
    });
    if (delivery?.state !== "waiting") return null;
    return { ...delivery, sender: await loadSender(runtime, tx, workspaceId) };
  });
  if (found === null) return "gone";
  const { channel, sender } = found;
  const message = alertMessageSchema.parse(found.message);
  const { address, signingSecret } = openChannel(channel, runtime.vaultKeys);
  const body =
    channel.kind === "slack" ? slackBodyOf(message, sender) : webhookBodyOf(message, sender, found);
  const signed =
    signingSecret === null ? {} : signWebhook(signingSecret, { id: found.id, at: clock.now(), body });
  const outcome = await post(runtime, address, { "webhook-id": found.id, ...signed }, body);
  await database.withWorkspace(workspaceId, (tx) =>
    tx.alertDelivery.updateMany({
      where: { id: deliveryId, state: "waiting" },
      data: {
        state: outcome.state,
        attempts: { increment: 1 },
        outcome: outcome.words,
        ...(outcome.state === "sent" ? { sentAt: clock.now() } : {}),
      },
    }),
  );
  if (outcome.state === "waiting") throw new Error(outcome.words, { cause: outcome.cause });
  return outcome.state;
}

/** Gives a delivery up after its last attempt; the page says so. */
export async function noteAlertFailed({ workspaceId, deliveryId }: DeliveryRef): Promise<void> {
  const { database } = await getRuntime();
  await database.withWorkspace(workspaceId, (tx) =>
    tx.alertDelivery.updateMany({ where: { id: deliveryId, state: "waiting" }, data: { state: "failed" } }),
  );
}

/** Nothing of an answer but its status is kept: what a typed address says is no text of ours to show. */
async function post(
  { callTyped }: Runtime,
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<Outcome> {
  try {
    const { status } = await callTyped({
      method: "POST",
      url,
      headers: { "content-type": "application/json", "user-agent": "Tieout", ...headers },
      body,
      timeoutMs: TIMEOUT_MS,
    });
    if (status < 300) return { state: "sent", words: `Taken with status ${status}.` };
    const words = `The address answered with status ${status}.`;
    const isRefused = status < 500 && !TRY_AGAIN.has(status);
    return isRefused ? { state: "failed", words } : { state: "waiting", words, cause: status };
  } catch (thrown) {
    if (thrown instanceof GuardFailure)
      return {
        state: "failed",
        words:
          thrown.why === "redirected"
            ? "The address leads on to another one, which Tieout does not follow."
            : "The address is inside a private network, which Tieout does not call.",
      };
    if (!(thrown instanceof HttpFailure)) throw thrown;
    return { state: "waiting", words: FAILURE_WORDS[thrown.kind], cause: thrown };
  }
}

const FAILURE_WORDS: Readonly<Record<HttpFailure["kind"], string>> = {
  timeout: "The address did not answer in time.",
  refused: "The address could not be reached.",
  broken: "The connection broke before an answer came.",
};
