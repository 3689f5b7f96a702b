import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { invariant } from "@/lib/kernel/invariant";
import { listExceptions } from "@/lib/operations/exceptions/list-exceptions";
import { listRuns } from "@/lib/operations/runs/list-runs";
import { percentile, round } from "./figures";
import type { SignedIn } from "./signed-in";

/** Requests of each address, one after the other, from the request to the last byte of the page. */
const REQUESTS = 50;
const WARM_UP = 3;
/** The middle of a list: reached by its own link to the next page, as people do. */
const PAGES_IN = 4;

export interface ListFigure {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Every list: its first page, one further in, each order, each filter, and searches that find many, few and nothing. */
async function addressesOf(access: WorkspaceAccess): Promise<string[]> {
  const run = (await listRuns(access)).find((one) => one.posted > 0);
  invariant(run, "the demo company was posted");
  const [group] = (await listExceptions(access)).groups;
  invariant(group, "the demo company has exceptions");
  const preview = `/preview/${run.runId}`;
  const one = `/exceptions/group/${group.key}`;
  return [
    "/overview",
    ...["", "?sort=time", "?sort=-duration", "?outcome=finished", "?outcome=failed"].map((q) => `/runs${q}`),
    `/runs/${run.runId}`,
    ...["", "?type=invoice", "?state=dismissed", "?q=Mason", "?q=1103-17", "?q=zzzyx"].map(
      (q) => `/exceptions${q}`,
    ),
    ...["", "?sort=-age", "?sort=-amount", "?sort=type", "?q=17"].map((q) => `${one}${q}`),
    ...[
      "",
      "?status=needsYou",
      "?status=matched",
      "?status=new",
      "?status=mapped",
      "?status=leftOut",
      "?status=ledgerOnly",
    ].map((q) => `/matches${q === "" ? "?type=invoice" : `${q}&type=invoice`}`),
    ...[
      "",
      "?sort=number",
      "?sort=-amount",
      "?type=contact&sort=number",
      "?type=payment",
      "?state=exception",
      "?state=pending",
      "?state=excluded",
      "?q=Mason",
      "?q=1103-17",
      "?q=zzzyx",
    ].map((q) => `/records${q}`),
    ...["", "?sort=time", "?area=match", "?area=month", "?to=2026-01-31"].map((q) => `/audit${q}`),
    ...[
      "",
      "?sort=number",
      "?sort=label",
      "?sort=amount",
      "?type=payment",
      "?verb=block",
      "?search=Mason",
      "?search=1103-17",
      "?search=zzzyx",
    ].map((q) => `${preview}${q}`),
    "/preview/approvals",
    ...["", "?kind=exception", "?explained=rounding", "?by=contact", "?by=contact&sort=gap"].map(
      (q) => `/reconciliation${q}`,
    ),
  ];
}

export async function measureLists(
  access: WorkspaceAccess,
  signedIn: SignedIn,
  say: (line: string) => void,
): Promise<Record<string, ListFigure>> {
  const figures: Record<string, ListFigure> = {};
  for (const address of await addressesOf(access)) {
    figures[nameOf(address)] = await measure(signedIn, address);
    if (address.includes("?")) continue;
    const further = await goFurther(signedIn, address);
    if (further !== null)
      figures[`${nameOf(address)} (page ${PAGES_IN + 1})`] = await measure(signedIn, further);
  }
  const slow = Object.entries(figures).filter(([, { p95Ms }]) => p95Ms >= 100);
  for (const [name, { p50Ms, p95Ms }] of slow) say(`${name}: ${p50Ms} ms (half), ${p95Ms} ms (95 of 100)`);
  return figures;
}

/** Ids of a run or a group say nothing to a reader. */
const nameOf = (address: string): string =>
  address.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=group\/)[0-9a-f]+/g, "[id]");

async function measure(signedIn: SignedIn, address: string): Promise<ListFigure> {
  for (let warm = 0; warm < WARM_UP; warm += 1) await load(signedIn, address);
  const took: number[] = [];
  for (let sent = 0; sent < REQUESTS; sent += 1) {
    const started = performance.now();
    await load(signedIn, address);
    took.push(performance.now() - started);
  }
  return { p50Ms: round(percentile(took, 0.5), 1), p95Ms: round(percentile(took, 0.95), 1) };
}

async function load({ origin, slug, cookie }: SignedIn, address: string): Promise<string> {
  const answer = await fetch(`${origin}/${slug}${address}`, {
    headers: { cookie: `${cookie.name}=${cookie.value}` },
    redirect: "manual",
  });
  invariant(answer.status === 200, `${address} answered ${answer.status}`);
  return answer.text();
}

/** The address some pages in; null where the list has not as many. */
async function goFurther(signedIn: SignedIn, address: string): Promise<string | null> {
  const prefix = `/${signedIn.slug}`;
  let here = address;
  for (let page = 0; page < PAGES_IN; page += 1) {
    const html = await load(signedIn, here);
    const next = [...html.matchAll(/href="([^"]*[?&](?:amp;)?(?:after|before)=[^"]*)"/g)].at(0)?.[1];
    if (next === undefined) return null;
    here = next.replaceAll("&amp;", "&").slice(prefix.length).replace(/#.*$/, "");
  }
  return here;
}
