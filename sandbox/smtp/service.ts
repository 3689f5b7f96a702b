/**
 * The face of the SMTP sink: a list of the caught mails, each with its text and its HTML in a frame that may
 * neither run scripts nor load anything, and the same as JSON for tests and tools.
 */
import { escapeHtml, htmlAnswer, jsonAnswer, redirectAnswer } from "@/sandbox/kit/answers";
import type { SandboxRequest, SandboxResponse, SandboxService } from "@/sandbox/kit/types";
import type { Mail, MailAddress, Mails } from "./mails";

/** Answers /smtp: GET /, GET /mails/{id}, GET and DELETE /messages, GET and DELETE /messages/{id}, POST /clear. */
export function createSmtpService(mails: Mails): SandboxService {
  return {
    prefix: "smtp",
    describe: ({ method, path }) => ({
      tenant: null,
      operation: path.replace(/\/\d+/g, "/{id}"),
      kind: path.startsWith("/messages") && method !== "GET" ? "write" : "page",
    }),
    handle: async (request) => answer(mails, request),
  };
}

function answer(mails: Mails, { method, path, query }: SandboxRequest): SandboxResponse {
  const to = query.get("to") ?? undefined;
  const id = /^\/(?:mails|messages)\/(\d+)(?:\/html)?$/.exec(path)?.[1];
  const mail = id === undefined ? null : mails.find(id);
  if (method === "GET" && (path === "/" || path === ""))
    return htmlAnswer(200, listPage(mails.list(to), to ?? ""));
  if (method === "GET" && path === "/messages") return jsonAnswer(200, { messages: mails.list(to) });
  if (method === "DELETE" && path === "/messages") {
    mails.clear();
    return { status: 204 };
  }
  if (method === "POST" && path === "/clear") {
    mails.clear();
    return redirectAnswer("/smtp");
  }
  if (method !== "GET" || mail === null)
    return jsonAnswer(404, { error: "no such page or mail", known: ["/smtp", "/smtp/messages?to="] });
  if (path.startsWith("/messages/")) return jsonAnswer(200, mail);
  return path.endsWith("/html") ? framedHtml(mail) : mailPage(mail);
}

/** The mail's own HTML: no script, no request to anywhere, no form, and as a page of no origin. */
function framedHtml(mail: Mail): SandboxResponse {
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
    body: mail.html,
  };
}

function listPage(mails: readonly Mail[], to: string): string {
  const rows = mails.map(
    (mail) =>
      `<tr><td><time datetime="${mail.receivedAt}">${mail.receivedAt}</time></td><td>${addresses(mail.from === null ? [] : [mail.from])}</td>` +
      `<td>${mail.envelope.to.map(escapeHtml).join(", ")}</td><td><a href="/smtp/mails/${mail.id}">${escapeHtml(mail.subject) || "(no subject)"}</a></td></tr>`,
  );
  const table =
    rows.length === 0
      ? "<p>No mail.</p>"
      : `<table><caption>${rows.length} ${rows.length === 1 ? "mail" : "mails"}, newest first</caption>
<thead><tr><th scope="col">Time</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
  return page(
    "Mails",
    `<h1>Mails</h1><p>What is sent to the sandbox's SMTP server ends here and goes nowhere else.</p>
<form method="get" action="/smtp"><label>Recipient <input name="to" type="search" value="${escapeHtml(to)}"></label> <button>Filter</button></form>
${table}
<form method="post" action="/smtp/clear"><button>Delete all</button></form>`,
  );
}

function mailPage(mail: Mail): SandboxResponse {
  const part = (name: string, value: string): string =>
    value === "" ? "" : `<dt>${name}</dt><dd>${value}</dd>`;
  const attachments = mail.attachments.map(
    ({ filename, contentType, bytes }) =>
      `<li>${escapeHtml(filename) || "(no name)"}, ${escapeHtml(contentType)}, ${bytes} bytes</li>`,
  );
  const html = page(
    mail.subject || "(no subject)",
    `<p><a href="/smtp">All mails</a></p><h1>${escapeHtml(mail.subject) || "(no subject)"}</h1>
<dl>${part("From", addresses(mail.from === null ? [] : [mail.from]))}${part("To", addresses(mail.to))}${part("Cc", addresses(mail.cc))}
${part("Delivered to", mail.envelope.to.map(escapeHtml).join(", "))}${part("Time", mail.receivedAt)}</dl>
${attachments.length === 0 ? "" : `<h2>Attachments</h2><ul>${attachments.join("")}</ul>`}
${mail.text === "" ? "" : `<h2>Text</h2><pre>${escapeHtml(mail.text)}</pre>`}
${mail.html === "" ? "" : `<h2>HTML</h2><iframe sandbox title="The mail as HTML" src="/smtp/mails/${mail.id}/html"></iframe>`}
<details><summary>Headers</summary><dl>${mail.headers.map(({ name, value }) => part(escapeHtml(name), escapeHtml(value))).join("")}</dl></details>`,
  );
  const { headers, ...answered } = htmlAnswer(200, html);
  return {
    ...answered,
    headers: {
      ...headers,
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'",
    },
  };
}

function addresses(list: readonly MailAddress[]): string {
  return list
    .map(({ name, address }) => escapeHtml(name === "" ? address : `${name} <${address}>`))
    .join(", ");
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Sandbox mail</title><style>${STYLE}</style></head>
<body><main>${body}</main></body></html>`;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}
main{max-width:70rem;margin:0 auto;padding:1rem}input,button{font:inherit;padding:.25rem .5rem}
table{border-collapse:collapse;width:100%;margin:.75rem 0}caption{text-align:left;padding:.25rem 0}
th,td{border:1px solid #999;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
dt{font-weight:600}dd{margin:0 0 .5rem;overflow-wrap:anywhere}pre{white-space:pre-wrap;border:1px solid #999;padding:.5rem}
iframe{width:100%;min-height:24rem;border:1px solid #999}`;
