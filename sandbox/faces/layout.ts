/** The frame of every page: the way to each list, and a main part that a keyboard reaches at once. */
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type Content, type Html, html } from "./html";
import type { Office, Vendor } from "./kinds";
import { instantInWords } from "./wire";

export interface Page {
  readonly vendor: Vendor;
  readonly title: string;
  readonly main: Content;
  readonly now: Date;
  /** The organisation whose pages these are, and the slug of the present one. */
  readonly office?: { readonly office: Office; readonly slug: string };
}

/** Address of the style sheet below each vendor's prefix. */
export const STYLE_PATH = "/face.css";

/** A page as an answer; nothing in it may run or be framed, and its forms go nowhere else. */
export function pageAnswer(status: number, page: Page): SandboxResponse {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      // With no referrer at all, browsers send "Origin: null" with forms, which same-origin.ts could not judge.
      "referrer-policy": "same-origin",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
    body: `<!doctype html>${document(page).html}`,
  };
}

function document(page: Page): Html {
  const { vendor, title, now } = page;
  const office = page.office?.office;
  return html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${office === undefined ? "" : `${office.name} – `}simulated ${vendor.name}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${vendor.prefix}${STYLE_PATH}"></head>
<body class="${vendor.prefix}"><a class="skip" href="#main">Skip to the content</a>
<header class="top"><p class="brand"><a href="/${vendor.prefix}">Simulated ${vendor.name}</a>${office === undefined ? null : html` <span>${office.name}</span>`}</p>
<nav aria-label="Sandbox"><ul><li><a href="/${vendor.prefix}">Organisations</a></li><li><a href="/${vendor.prefix}/calls">API calls</a></li><li><a href="/${vendor.prefix === "xero" ? "zoho" : "xero"}">Simulated ${vendor.prefix === "xero" ? "Zoho" : "Xero"}</a></li><li><a href="/control">Control</a></li></ul></nav></header>
<div class="frame${page.office === undefined ? "" : " with-side"}">${page.office === undefined ? null : sideOf(page.office)}<main id="main" tabindex="-1"><h1>${title}</h1>${page.main}</main></div>
<footer>Sandbox time <time datetime="${now.toISOString()}">${instantInWords(now)}</time> UTC.${office === undefined ? null : ` What is done here is done by ${office.person}.`} No real ${vendor.name} is touched.</footer></body></html>`;
}

function sideOf({ office, slug }: { office: Office; slug: string }): Html {
  const entries = [
    ...office.kinds.map((kind) => ({ slug: kind.slug, label: kind.many, group: kind.group })),
    ...office.pages,
  ];
  const groups = [...new Set(entries.map(({ group }) => group))];
  return html`<nav class="side" aria-label="${office.name}">${groups.map(
    (group) =>
      html`${group === "" ? null : html`<h2>${group}</h2>`}<ul>${entries
        .filter((entry) => entry.group === group)
        .map(
          (entry) =>
            html`<li><a href="${office.desk.base}/${entry.slug}"${entry.slug === slug ? html` aria-current="page"` : null}>${entry.label}</a></li>`,
        )}</ul>`,
  )}</nav>`;
}
