/**
 * The mails that the sandbox has caught, newest last, and the oldest forgotten beyond a bound of number and
 * size: they live in memory and end with the process. Reading one never fails: what is no mail is shown as text.
 */
import PostalMime from "postal-mime";

const MAILS_MAX = 500;
const BYTES_MAX = 50_000_000;

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

export interface Mail {
  readonly id: string;
  /** Sandbox time. */
  readonly receivedAt: string;
  /** Who it was handed in by and for, whatever its headers say. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly from: MailAddress | null;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly bytes: number;
  }[];
  readonly bytes: number;
}

export interface Mails {
  keep(raw: Buffer, envelope: Mail["envelope"], at: Date): Promise<void>;
  /** Newest first; of one recipient where asked, by envelope and whatever its case. */
  list(to?: string): readonly Mail[];
  find(id: string): Mail | null;
  clear(): void;
}

/** No mails yet. */
export function createMails(): Mails {
  let kept: Mail[] = [];
  let next = 1;
  return {
    async keep(raw, envelope, at) {
      const id = String(next);
      next += 1;
      kept.push({ ...(await readMail(raw)), id, envelope, receivedAt: at.toISOString(), bytes: raw.length });
      let bytes = kept.reduce((sum, mail) => sum + mail.bytes, 0);
      while (kept.length > MAILS_MAX || (bytes > BYTES_MAX && kept.length > 1))
        bytes -= kept.shift()?.bytes ?? 0;
    },
    list(to) {
      const wanted = to?.trim().toLowerCase();
      const found = kept.filter(
        ({ envelope }) => wanted === undefined || envelope.to.some((one) => one.toLowerCase() === wanted),
      );
      return found.reverse();
    },
    find: (id) => kept.find((mail) => mail.id === id) ?? null,
    clear() {
      kept = [];
    },
  };
}

type Content = Omit<Mail, "id" | "receivedAt" | "envelope" | "bytes">;

async function readMail(raw: Buffer): Promise<Content> {
  const mail = await PostalMime.parse(raw);
  return {
    from: addressesOf(mail.from === undefined ? [] : [mail.from])[0] ?? null,
    to: addressesOf(mail.to ?? []),
    cc: addressesOf(mail.cc ?? []),
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html ?? "",
    headers: mail.headers.map(({ key, value }) => ({ name: key, value })),
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      filename: filename ?? "",
      contentType: mimeType,
      bytes: typeof content === "string" ? Buffer.byteLength(content) : content.byteLength,
    })),
  };
}

interface ParsedAddress {
  readonly name?: string;
  readonly address?: string;
  readonly group?: readonly ParsedAddress[];
}

/** Those of a group one by one. */
function addressesOf(parsed: readonly ParsedAddress[]): readonly MailAddress[] {
  return parsed.flatMap((one) =>
    one.group === undefined ? [{ name: one.name ?? "", address: one.address ?? "" }] : addressesOf(one.group),
  );
}
