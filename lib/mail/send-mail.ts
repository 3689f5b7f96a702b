/**
 * Hands one mail to the SMTP server of the settings. It knows neither what a mail says nor why it is sent, and logs
 * nothing: addresses and links are the reader's alone. Never call it inside a database transaction.
 */
import { createTransport } from "nodemailer";

export interface MailSettings {
  /** smtp://user:password@host:port, or smtps:// */
  readonly smtpUrl: string;
  /** "Tieout <no-reply@example.com>" */
  readonly from: string;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for each attempt at one mail, so that a mailbox can see a second one for what it is. */
  readonly messageId: string;
}

const TIMEOUT_MS = 20_000;

/** Resolves once the server took the mail. Throws where it did not, with no address and no link in the message. */
export async function sendMail(mail: Mail, settings: MailSettings): Promise<void> {
  const transport = createTransport({
    url: settings.smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // A text is a text: what a name says is never read as a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ from: settings.from, ...mail });
  } catch (thrown) {
    throw new Error(describeRefusal(thrown));
  } finally {
    transport.close();
  }
}

/** The kind of failure and the server's code alone: a server repeats addresses in its own words. */
function describeRefusal(thrown: unknown): string {
  const member = (name: string): string => {
    const value = typeof thrown === "object" && thrown !== null ? Reflect.get(thrown, name) : undefined;
    return typeof value === "string" || typeof value === "number" ? ` ${value}` : "";
  };
  return `the mail server did not take a mail:${member("code")}${member("responseCode")}`;
}
