/**
 * The faces of the simulated vendors: pages at /xero and /zoho where a person sees an organisation's records,
 * changes them as its people would, and sees every API call. They are a part of the admin API: whoever may
 * press faults may also edit, so there is no sign-in, and a form from any other origin is refused.
 */
import { readForm } from "@/sandbox/kit/answers";
import type { CallLog } from "@/sandbox/kit/call-log";
import type { SandboxContext, SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import { callsMain } from "./calls-page";
import { type Content, html } from "./html";
import type { Act, Kind, ListAsked, Office, OwnPage, Vendor } from "./kinds";
import { pageAnswer, STYLE_PATH } from "./layout";
import type { Refused } from "./parts";
import { listMain, ownMain, recordMain } from "./record-pages";
import { isSameOrigin } from "./same-origin";
import { STYLE } from "./style";
import { openXeroFace } from "./xero/xero-face";
import { openZohoFace } from "./zoho/zoho-face";

export interface FaceParts {
  /** The present context; a reset makes a new one. */
  context(): SandboxContext;
  readonly callLog: CallLog;
  /** Ends an organisation's connections as a person does it inside the vendor; answers how many. */
  disconnect(service: string, tenantId: string): number;
}

/** Answers the pages of a vendor; null when the call is none of theirs. */
export type Face = (prefix: string, request: SandboxRequest) => SandboxResponse | null;

interface Visit {
  readonly vendor: Vendor;
  readonly request: SandboxRequest;
  readonly context: SandboxContext;
  readonly callLog: CallLog;
}

export function createFace(parts: FaceParts): Face {
  return (prefix, request) => {
    const context = parts.context();
    const vendor =
      prefix === "xero"
        ? openXeroFace(context, parts.disconnect)
        : prefix === "zoho"
          ? openZohoFace(context)
          : null;
    return vendor === null ? null : answerVisit({ vendor, request, context, callLog: parts.callLog });
  };
}

function answerVisit(visit: Visit): SandboxResponse | null {
  const { request, context } = visit;
  const isRead = request.method === "GET" || request.method === "HEAD";
  const [first, ...rest] = request.path
    .split("/")
    .filter((part) => part !== "")
    .map(decoded);
  if (first === "books") {
    if (isRead) return answerOffice(visit, rest);
    if (request.method !== "POST") return { status: 405, headers: { allow: "GET, HEAD, POST" } };
    if (isSameOrigin(request, context.origin)) return answerOffice(visit, rest);
    return show(
      visit,
      403,
      "Refused",
      html`<p class="problem" role="alert">This form was not sent by a page of this sandbox, so nothing was changed.</p>`,
    );
  }
  if (!isRead || rest.length > 0) return null;
  if (first === undefined) return show(visit, 200, "Organisations", organisationList(visit.vendor));
  if (first === "calls")
    return show(visit, 200, "API calls", callsMain(visit.callLog, visit.vendor.prefix, request.query));
  if (`/${first}` !== STYLE_PATH) return null;
  return {
    status: 200,
    headers: { "content-type": "text/css; charset=utf-8", "cache-control": "max-age=300" },
    body: STYLE,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function show(
  { vendor, context }: Visit,
  status: number,
  title: string,
  main: Content,
  office?: { office: Office; slug: string },
): SandboxResponse {
  const now = context.clock.now();
  return pageAnswer(status, { vendor, title, main, now, ...(office === undefined ? {} : { office }) });
}

function organisationList(vendor: Vendor): Content {
  const organisations = vendor.organisations();
  if (organisations.length === 0)
    return html`<p>There is no organisation yet. <a href="/control">Control</a> has the seeds.</p>`;
  return html`<ul>${organisations.map(
    ({ id, name, note }) =>
      html`<li><a href="/${vendor.prefix}/books/${encodeURIComponent(id)}">${name}</a> (${note}) <code>${id}</code></li>`,
  )}</ul>`;
}

function answerOffice(visit: Visit, path: readonly string[]): SandboxResponse {
  const [organisationId = "", slug, ...rest] = path;
  const office = visit.vendor.open(organisationId);
  if (office === null) return missing(visit, "There is no such organisation.");
  const [firstKind] = office.kinds;
  if (slug === undefined) return seeOther(`${office.desk.base}/${firstKind?.slug ?? "settings"}`);
  const kind = office.kinds.find((candidate) => candidate.slug === slug);
  if (kind !== undefined) return answerKind(visit, office, kind, rest);
  const page = office.pages.find((candidate) => candidate.slug === slug);
  return page === undefined
    ? missing(visit, "There is no such page.", { office, slug })
    : answerOwnPage(visit, office, page, rest);
}

function missing(visit: Visit, sentence: string, office?: { office: Office; slug: string }): SandboxResponse {
  return show(visit, 404, "Not found", html`<p>${sentence}</p>`, office);
}

function seeOther(location: string): SandboxResponse {
  return { status: 303, headers: { location, "cache-control": "no-store" } };
}

function answerKind(visit: Visit, office: Office, kind: Kind, rest: readonly string[]): SandboxResponse {
  const { request } = visit;
  const { desk } = office;
  const [id, step, fileId] = rest;
  const place = { office, slug: kind.slug };
  if (id === undefined)
    return request.method === "POST"
      ? missing(visit, "There is no such page.", place)
      : show(visit, 200, kind.many, listMain(kind, desk, listAsked(kind, request.query)), place);
  if (request.method !== "POST" && step === "files" && fileId !== undefined)
    return kind.file?.(desk, id, fileId) ?? missing(visit, "There is no such file.", place);
  const found = kind.get(desk, id);
  if (!found.ok) return missing(visit, found.problem, place);
  const record = found.body;
  const page = (status: number, refused: Refused | null): SandboxResponse =>
    show(
      visit,
      status,
      `${kind.one} ${kind.titleOf(record)}`,
      recordMain(kind, { desk, id, record, done: request.query.get("done") ?? "", refused }),
      place,
    );
  if (request.method !== "POST")
    return step === undefined ? page(200, null) : missing(visit, "There is no such page.", place);
  const act = kind.acts.find(({ slug }) => slug === step);
  if (act === undefined) return missing(visit, "There is no such page.", place);
  const form = readForm(request);
  const outcome = act.run({ desk, id, record, form });
  if (!outcome.ok) return page(422, { slug: act.slug, problem: outcome.problem, form });
  const list = `${desk.base}/${kind.slug}`;
  // What was deleted may have no page any more.
  return seeOther(kind.get(desk, id).ok ? `${list}/${encodeURIComponent(id)}?done=${act.slug}` : list);
}

function listAsked(kind: Kind, query: URLSearchParams): ListAsked {
  const page = query.get("page") ?? "";
  const by = query.get("by") ?? "";
  const known = kind.searches.find(([name]) => name === by) ?? kind.searches[0];
  return {
    page: /^[1-9]\d{0,7}$/.test(page) ? Number(page) : 1,
    term: (query.get("q") ?? "").trim(),
    by: known?.[0] ?? "",
  };
}

function answerOwnPage(
  visit: Visit,
  office: Office,
  page: OwnPage,
  rest: readonly string[],
): SandboxResponse {
  const { request } = visit;
  const { desk } = office;
  const place = { office, slug: page.slug };
  const answer = (status: number, refused: Refused | null): SandboxResponse =>
    show(visit, status, page.label, ownMain(page, desk, request.query.get("done") ?? "", refused), place);
  const [step, ...more] = rest;
  if (request.method !== "POST")
    return step === undefined ? answer(200, null) : missing(visit, "There is no such page.", place);
  const act: Act | undefined = page.acts.find(({ slug }) => slug === step);
  if (act === undefined || more.length > 0) return missing(visit, "There is no such page.", place);
  const form = readForm(request);
  const outcome = act.run({ desk, id: "", record: page.record(desk), form });
  return outcome.ok
    ? seeOther(`${desk.base}/${page.slug}?done=${act.slug}`)
    : answer(422, { slug: act.slug, problem: outcome.problem, form });
}
