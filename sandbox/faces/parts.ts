/** The pieces that pages are made of: tables, facts, forms. Each wide table scrolls by itself, also by keyboard. */
import { type Content, type Html, html } from "./html";
import type { Act, Column, Desk, FormField } from "./kinds";
import {
  amountInWords,
  dayInWords,
  dayOfWire,
  instantInWords,
  instantOfWire,
  textAt,
  type Wire,
} from "./wire";

interface Shown {
  readonly desk: Desk;
  /** The currency of a record's amounts. */
  currencyOf(record: Wire): string;
}

/** One value in the words of its kind. */
function cellContent({ desk, currencyOf }: Shown, column: Column, record: Wire): Content {
  const text = typeof column.at === "string" ? textAt(record, column.at) : column.at(record);
  const content = contentAs(column, text, currencyOf(record));
  const address = column.link?.(record, desk) ?? null;
  return address === null || text === "" ? content : html`<a href="${address}">${content}</a>`;
}

function contentAs(column: Column, text: string, currency: string): Content {
  if (text === "") return "";
  switch (column.as) {
    case "day":
      return html`<time datetime="${dayOfWire(text)}">${dayInWords(text)}</time>`;
    case "instant": {
      const instant = instantOfWire(text);
      return instant === null
        ? text
        : html`<time datetime="${instant.toISOString()}">${instantInWords(instant)}</time>`;
    }
    case "amount":
      return amountInWords(text, currency);
    case "status":
      return html`<span class="status">${inWords(text)}</span>`;
    default:
      return text;
  }
}

/** "Partially paid" of "partially_paid", "AUTHORISED" as Xero's own API has it. */
function inWords(status: string): string {
  return status === status.toUpperCase()
    ? status
    : `${status.charAt(0).toUpperCase()}${status.slice(1)}`.replaceAll("_", " ");
}

/** A table; the first column names its row, and one that is empty in every row is left out. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly Wire[],
  shown: Shown,
): Html {
  const cells = rows.map((row) => columns.map((column) => cellContent(shown, column, row)));
  const isFilled = columns.map((_, index) => cells.some((row) => row[index] !== ""));
  const classOf = (index: number): Html | null =>
    ["amount", "number"].includes(columns[index]?.as ?? "") ? html` class="number"` : null;
  const head = columns.map((column, index) =>
    isFilled[index] === true ? html`<th scope="col"${classOf(index)}>${column.label}</th>` : null,
  );
  const body = cells.map(
    (row) =>
      html`<tr>${row.map((cell, index) => {
        if (isFilled[index] !== true) return null;
        return index === 0 && cell !== ""
          ? html`<th scope="row"${classOf(index)}>${cell}</th>`
          : html`<td${classOf(index)}>${cell}</td>`;
      })}</tr>`,
  );
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** Facts of a record that are not empty. */
export function facts(columns: readonly Column[], record: Wire, shown: Shown, className = "facts"): Html {
  return html`<dl class="${className}">${columns.map((column) => {
    const content = cellContent(shown, column, record);
    return content === ""
      ? null
      : html`<div><dt>${column.label}</dt><dd${className === "totals" ? html` class="number"` : null}>${content}</dd></div>`;
  })}</dl>`;
}

/** A form that was refused: whose, why, and what was typed. */
export interface Refused {
  readonly slug: string;
  readonly problem: string;
  readonly form: URLSearchParams;
}

/** What can be done with a record: first the buttons, then the forms, the refused one open with its reason. */
export function actForms(
  acts: readonly Act[],
  parts: {
    readonly desk: Desk;
    readonly record: Wire;
    readonly address: string;
    readonly refused: Refused | null;
  },
): Content {
  const { desk, record, address, refused } = parts;
  const offered = acts.filter((act) => act.fits(record) || act.slug === refused?.slug);
  if (offered.length === 0) return null;
  const buttons = offered.filter((act) => act.fields === undefined);
  const forms = offered.filter((act) => act.fields !== undefined);
  return html`<section class="sheet" aria-labelledby="acts"><h2 id="acts">What you can do</h2>
${refused === null ? null : html`<p class="problem" role="alert"><strong>Refused:</strong> ${refused.problem}</p>`}
${buttons.length === 0 ? null : html`<div class="bar">${buttons.map((act) => html`<form method="post" action="${address}/${act.slug}"><button class="plain">${act.label}</button></form>`)}</div>`}
${forms.map((act) => {
  const typed = refused?.slug === act.slug ? refused.form : null;
  return html`<details${typed === null ? null : html` open`}><summary>${act.label}</summary><form method="post" action="${address}/${act.slug}">${fieldSets(act, act.fields?.(record, desk) ?? [], typed)}<button>${act.label}</button></form></details>`;
})}</section>`;
}

function fieldSets(act: Act, fields: readonly FormField[], typed: URLSearchParams | null): Content {
  const groups = [...new Set(fields.map(({ group }) => group ?? ""))];
  return groups.map((group) => {
    const inputs = fields
      .filter((field) => (field.group ?? "") === group)
      .map((field) => input(act, field, typed?.get(field.name) ?? field.value));
    return group === ""
      ? html`<div class="fields">${inputs}</div>`
      : html`<fieldset><legend>${group}</legend><div class="fields">${inputs}</div></fieldset>`;
  });
}

function input(act: Act, field: FormField, value: string): Html {
  const id = `${act.slug}-${field.name}`;
  if (field.type === "select")
    return html`<div><label for="${id}">${field.label}</label><select id="${id}" name="${field.name}">${(field.options ?? []).map(([option, label]) => html`<option value="${option}"${option === value ? html` selected` : null}>${label}</option>`)}</select></div>`;
  return html`<div><label for="${id}">${field.label}</label><input id="${id}" name="${field.name}" value="${value}"${field.type === "date" ? html` type="date"` : null}${field.type === "amount" ? html` inputmode="decimal"` : null} autocomplete="off"></div>`;
}
