/**
 * An SMTP server that takes every mail and delivers none: it listens at this machine's own address alone, in the
 * sandbox's process, asks for no sign-in (and believes any), and speaks no TLS.
 */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { invariant } from "@/lib/kernel/invariant";
import type { SandboxClock } from "@/sandbox/kit/types";
import { createMails, type Mails } from "./mails";

const HOST = "127.0.0.1";
const MAIL_BYTES_MAX = 25_000_000;

export interface SmtpSink {
  readonly host: string;
  readonly port: number;
  readonly mails: Mails;
  close(): Promise<void>;
}

/** Listens at a port, 0 = any free one. Rejects when the port is taken. */
export async function startSmtpSink(options: {
  readonly port: number;
  readonly clock: SandboxClock;
}): Promise<SmtpSink> {
  const mails = createMails();
  const server = new SMTPServer({
    name: "sandbox.test",
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    // Tests and the product talk to it in clear text; a certificate of nobody would only be refused.
    disabledCommands: ["STARTTLS"],
    size: MAIL_BYTES_MAX,
    // A stop does not wait for clients that keep their connection for the next mail.
    closeTimeout: 50,
    logger: false,
    onAuth: ({ username }, _session, done) => done(null, { user: username ?? "somebody" }),
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const envelope = {
        from: mailFrom === false ? "" : mailFrom.address,
        to: rcptTo.map(({ address }) => address),
      };
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error("The message is too large"), { responseCode: 552 }));
          return;
        }
        mails.keep(Buffer.concat(chunks), envelope, options.clock.now()).then(() => done(), done);
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, HOST, resolve);
  });
  // A client that goes away in mid-mail is no fault of the sandbox.
  server.on("error", () => undefined);
  return {
    host: "localhost",
    port: addressOf(server.server.address()).port,
    mails,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  invariant(address !== null && typeof address === "object", "a listening sink has its address");
  return address;
}
