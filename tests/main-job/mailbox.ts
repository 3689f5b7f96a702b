import type { SmtpSink } from "@/sandbox/smtp/sink";
import type { ProductWorld } from "../setup/product-world";

/** What the product mailed in a test, as the sandbox caught it. */
export interface CaughtMail {
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  /** The address in the text, and the token in it. */
  readonly link: URL;
  readonly token: string;
}

function sinkOf(world: ProductWorld): SmtpSink {
  if (world.sandbox.smtp === null) throw new Error("the world catches mails");
  return world.sandbox.smtp;
}

/** The mails to an address once nothing is under way, newest first. */
export async function readMails(world: ProductWorld, address: string): Promise<CaughtMail[]> {
  await untilSent();
  await world.waitUntilIdle();
  const { mails } = sinkOf(world);
  return mails.list(address).flatMap(({ id }) => {
    const mail = mails.find(id);
    if (mail === null) return [];
    const link = new URL(/https?:\/\/\S+/.exec(mail.text)?.[0] ?? "");
    const messageId = mail.headers.find(({ name }) => name === "message-id")?.value ?? "";
    const token = link.searchParams.get("token") ?? "";
    return { subject: mail.subject, text: mail.text, messageId, link, token };
  });
}

export async function readNewestMail(world: ProductWorld, address: string): Promise<CaughtMail> {
  const [newest] = await readMails(world, address);
  if (newest === undefined) throw new Error(`no mail came to ${address}`);
  return newest;
}

/** Every request for a mail has been handed over and is gone. */
async function untilSent(): Promise<void> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { sendWaitingEvents } = await import("@/lib/operations/outbox/send-outbox");
  await sendWaitingEvents();
  const { database } = await getRuntime();
  while ((await database.system.unsentOutboxEvents(1)).length > 0) await sendWaitingEvents();
}
