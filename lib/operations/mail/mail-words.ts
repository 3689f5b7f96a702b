/**
 * What the product's mails say. Pure: words and a link in, subject, text and HTML out. A name that somebody typed is
 * shown as text and never as markup.
 */
import type { Role } from "@/lib/domain/workspace-access";

export interface MailWords {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

interface Letter {
  readonly subject: string;
  readonly before: readonly string[];
  readonly link: { readonly label: string; readonly address: string };
  readonly after: readonly string[];
}

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  owner: "the owner",
  admin: "an admin",
  bookkeeper: "a bookkeeper",
  readOnly: "a reader",
};

export function signInWords(link: string): MailWords {
  return write({
    subject: "Your link to sign in to Tieout",
    before: ["You asked to sign in to Tieout. The link is good once, for 15 minutes."],
    link: { label: "Sign in", address: link },
    after: ["If that was not you, leave this mail alone: nobody is signed in without it."],
  });
}

/** For somebody whose way in is Xero: a link would go around Xero's own second step. */
export function signInAtXeroWords(link: string): MailWords {
  return write({
    subject: "You sign in to Tieout with Xero",
    before: [
      "Somebody asked for a link to sign in with this address. You sign in with Xero, so there is none.",
    ],
    link: { label: "Sign in with Xero", address: link },
    after: ["If that was not you, leave this mail alone."],
  });
}

export function invitationWords(invitation: {
  readonly workspaceName: string;
  readonly invitedByName: string;
  readonly role: Role;
  readonly link: string;
}): MailWords {
  const { workspaceName, invitedByName, role, link } = invitation;
  return write({
    subject: `${oneLine(invitedByName)} invites you to ${oneLine(workspaceName)} in Tieout`,
    before: [
      `${oneLine(invitedByName)} invites you to the workspace "${oneLine(workspaceName)}" in Tieout, as ${ROLE_WORDS[role]}.`,
      "Tieout keeps a firm's operations and its Xero books in agreement. The link is good once, for seven days.",
    ],
    link: { label: "See the invitation", address: link },
    after: ["If you do not know who this is, leave this mail alone."],
  });
}

/** An alert, a digest, an all clear or a test; whoever gets it is told where to end that. */
export function alertWords(alert: {
  readonly headline: string;
  readonly lines: readonly string[];
  readonly link: string;
  readonly settings: string;
}): MailWords {
  return write({
    subject: oneLine(alert.headline),
    before: [`${oneLine(alert.headline)}.`, ...alert.lines.map(oneLine)],
    link: { label: "Open Tieout", address: alert.link },
    after: [`Who is told, and when, is set at ${alert.settings}`],
  });
}

function write({ subject, before, link, after }: Letter): MailWords {
  const paragraphs = (lines: readonly string[]): string =>
    lines.map((line) => `<p>${escapeText(line)}</p>`).join("\n");
  return {
    subject,
    text: [...before, `${link.label}: ${link.address}`, ...after].join("\n\n"),
    html: `<!doctype html>
<html lang="en"><body style="font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;max-width:34rem;margin:0 auto;padding:1.5rem">
${paragraphs(before)}
<p><a href="${escapeText(link.address)}" style="display:inline-block;padding:.6rem 1.2rem;background:#0f5c4d;color:#fff;border-radius:.4rem;text-decoration:none">${escapeText(link.label)}</a></p>
<p>Or copy this address: ${escapeText(link.address)}</p>
${paragraphs(after)}
</body></html>`,
  };
}

/** A name is one line, however it was typed. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, " ").trim();

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
