import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DONE } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import type { ExceptionGroupView, ExceptionRow } from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { sandboxAddresses } from "@/sandbox/addresses";
import { xeroRecords } from "@/sandbox/xero/open-books";
import { giveConsent } from "@/scripts/main-job/give-consent";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany } from "./company";
import { readBytes } from "./edit-workbook";
import { readNewestMail } from "./mailbox";
import { listOperationsTaking } from "./operation-list";
import { dumpWorkspace } from "./workspace-rows";

/**
 * A stranger with a workspace of her own, who knows every id of another firm: no operation shows her anything of it or
 * changes a row of it, and what its people did in their browsers is of no use in hers.
 */
let world: ProductWorld;
let owner: WorkspaceAccess;
let stranger: WorkspaceAccess;
let runId: string;
let ownersMappings: Uint8Array;
let ownersMatches: Uint8Array;
let connectionIds: readonly string[];
/** A choice between two organisations that the owner has not made yet. */
let pendingToken: string;
/** A request that waits for a second person of the owner's firm. */
let approvalId: string;
/** An invitation of the owner's that waits. */
let invitationId: string;
/** A webhook that the owner is told by. */
let channelId: string;
/** One of the owner's exceptions, and its group. */
let exception: ExceptionRow;
let group: ExceptionGroupView;

beforeAll(async () => {
  world = await startProductWorld();
  owner = await openCompany(world);
  runId = (await world.owner.syncOnce(owner)).runId;
  const { listExceptions } = await import("@/lib/operations/exceptions/list-exceptions");
  const [first] = (await listExceptions(owner)).groups;
  if (!first?.rows[0]) throw new Error("the company has exceptions from the start");
  [group, exception] = [first, first.rows[0]];
  stranger = await world.owner.signUp("sandra@elsewhere.test");
  approvalId = await askApproval();
  const { invitePerson } = await import("@/lib/operations/people/invite-person");
  const invited = await invitePerson(owner, { email: "waits@tidewatergifts.test", role: "admin" });
  if (!invited.ok) throw new Error(invited.error.message);
  invitationId = invited.value.invitationId;
  await readNewestMail(world, "waits@tidewatergifts.test");
  channelId = await addWebhook();
  pendingToken = await beginChoice();
  const { listConnections } = await import("@/lib/operations/connections/list-connections");
  connectionIds = (await listConnections(owner)).map((one) => one.connectionId);
  // Taken beforehand, since taking a file is noted in the trail of its workspace.
  const { exportMappings } = await import("@/lib/operations/client-sync/export-mappings");
  const { exportMatches } = await import("@/lib/operations/matches/export-matches");
  ownersMappings = await readBytes(await exportMappings(owner));
  ownersMatches = await readBytes(await exportMatches(owner));
});

afterAll(() => world.stop());

async function addWebhook(): Promise<string> {
  const { addChannel } = await import("@/lib/operations/alerts/change-channels");
  const address = `${world.sandbox.origin}/alerts/webhook`;
  const added = await addChannel(owner, { kind: "webhook", address, ...AT_ONCE });
  if (!added.ok) throw new Error(added.error.message);
  // What there is to tell is told before the cases, so that the schedule's look changes nothing between two dumps.
  const { lookForAlerts } = await import("@/lib/operations/alerts/look-for-alerts");
  await lookForAlerts();
  await world.waitUntilIdle();
  return added.value.channelId;
}

const AT_ONCE = { severity: "needsYou", rhythm: "atOnce", hour: 8, timeZone: "UTC" } as const;

async function askApproval(): Promise<string> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  return database.withWorkspace(owner.workspaceId, async (tx) => {
    const { id: pairId } = await tx.pair.findFirstOrThrow();
    const about = { scope: "document", recordType: "invoice", sourceExternalId: "1", versionHash: "1" };
    const words = { number: "INV-1", label: "Harbour Lights Ltd", state: "waiting", requestedAt: new Date() };
    const { id } = await tx.approval.create({
      data: { workspaceId: owner.workspaceId, pairId, runId, ...about, ...words },
    });
    return id;
  });
}

/** Consents once more while the login has two organisations and Xero does not say which of them is meant. */
async function beginChoice(): Promise<string> {
  const { startConnection } = await import("@/lib/operations/connections/start-connection");
  const { finishConnection } = await import("@/lib/operations/connections/finish-connection");
  const [, other] = [...xeroRecords(world.sandbox.context).organisations.heads()].map(([id]) => id);
  await giveConsentFor(other ?? "");
  const { redirectUrl, stateCookie } = await startConnection(owner, {
    connectorId: "xero",
    region: "global",
  });
  world.sandbox.faults.order({
    service: "xero",
    operation: "/connections",
    skip: 0,
    times: 1,
    effect: { type: "status", status: 200, body: "[]", headers: {}, afterHandling: false },
  });
  const finished = await finishConnection(owner, {
    connectorId: "xero",
    callback: await giveConsent(redirectUrl),
    stateCookieValue: stateCookie.value,
  });
  if (!finished.ok || !finished.value.choose) throw new Error("two organisations leave a choice");
  return finished.value.choose.token;
}

async function giveConsentFor(tenant: string): Promise<void> {
  const { postConsent } = await import("@/sandbox/xero/test-client");
  await postConsent(world.sandbox.origin, { tenant });
}

const ofOwner = () => ({ exceptionIds: [exception.exceptionId], group: group.key });

async function ownersContactKey(): Promise<string> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  const { externalId } = await database.withWorkspace(owner.workspaceId, (tx) =>
    tx.recordSnapshot.findFirstOrThrow({ where: { recordType: "contact" } }),
  );
  return JSON.stringify([externalId, null]);
}

type Case = () => Promise<unknown>;

/** Every operation in the stranger's name with the owner's ids. */
const cases: Readonly<Record<string, Case>> = {
  listPendingTenants: async () =>
    (await import("@/lib/operations/connections/choose-tenant")).listPendingTenants(stranger, pendingToken),
  chooseTenant: async () =>
    (await import("@/lib/operations/connections/choose-tenant")).chooseTenant(stranger, {
      token: pendingToken,
      tenantId: [...xeroRecords(world.sandbox.context).organisations.heads()][1]?.[0] ?? "",
    }),
  connectTenant: async () => {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { connectTenant } = await import("@/lib/operations/connections/connect-tenant");
    const tokens = { accessToken: "stolen", refreshToken: "stolen", scopes: [], previousRefreshToken: null };
    const [tenantId = ""] = [...xeroRecords(world.sandbox.context).organisations.heads()].map(([id]) => id);
    return connectTenant(await getRuntime(), stranger, {
      connectorId: "xero",
      region: "global",
      apiBase: `${world.sandbox.origin}/xero/api`,
      tokens: { ...tokens, expiresAt: "2099-01-01T00:00:00.000Z" },
      tenant: { tenantId, name: "An organisation", authorisationId: "" },
    });
  },
  listKeptAside: async () =>
    (await import("@/lib/operations/exceptions/list-kept-aside")).listKeptAside(stranger),
  connectGranted: async () => {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { connectGranted } = await import("@/lib/operations/connections/connect-granted");
    const tokens = { accessToken: "stolen", refreshToken: "stolen", scopes: [], previousRefreshToken: null };
    return connectGranted(await getRuntime(), stranger, "xero", async () => ({
      region: "global",
      apiBase: `${world.sandbox.origin}/xero/api`,
      tokens: { ...tokens, expiresAt: "2099-01-01T00:00:00.000Z" },
    }));
  },
  findFixedChange: async () => {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { findFixedChange } = await import("@/lib/operations/connections/fixed-settings");
    const [tenantId = ""] = [...xeroRecords(world.sandbox.context).organisations.heads()].map(([id]) => id);
    return findFixedChange(await getRuntime(), stranger, { connectorId: "xero", tenant: { tenantId } });
  },
  connectByForm: async () => {
    const { connectByForm } = await import("@/lib/operations/connections/connect-by-form");
    const { tims } = sandboxAddresses(world.sandbox.origin);
    return connectByForm(stranger, {
      connectorId: "tims",
      values: { address: tims.address, clientId: tims.clientId, clientSecret: "a guess" },
    });
  },
  disconnect: async () => {
    const { disconnect } = await import("@/lib/operations/connections/disconnect");
    return Promise.all(connectionIds.map((connectionId) => disconnect(stranger, connectionId)));
  },
  startConnection: async () => {
    const { startConnection } = await import("@/lib/operations/connections/start-connection");
    const begun = await startConnection(stranger, { connectorId: "xero", region: "global" });
    return new URL(begun.redirectUrl).pathname;
  },
  finishConnection: async () => finishAs(stranger, await beginAs(owner)),
  listConnections: async () =>
    (await import("@/lib/operations/connections/list-connections")).listConnections(stranger),
  listExceptions: async () =>
    (await import("@/lib/operations/exceptions/list-exceptions")).listExceptions(stranger),
  retryExceptions: async () =>
    (await import("@/lib/operations/exceptions/retry-exceptions")).retryExceptions(stranger, ofOwner()),
  listExceptionRows: async () =>
    (await import("@/lib/operations/exceptions/list-exception-rows")).listExceptionRows(stranger, ofOwner()),
  getException: async () =>
    (await import("@/lib/operations/exceptions/get-exception")).getException(stranger, exception.exceptionId),
  listAudit: async () => {
    const { listAudit } = await import("@/lib/operations/audit/list-audit");
    const { rows } = await listAudit(stranger, { area: "run", from: null, to: null });
    return rows;
  },
  exportAudit: async () => {
    const { exportAudit } = await import("@/lib/operations/audit/export-audit");
    const { bytes } = await exportAudit(stranger, { area: "run", from: null, to: null });
    const pieces = [];
    for await (const piece of bytes) pieces.push(piece);
    const sheet = unzipSync(Buffer.concat(pieces))["xl/worksheets/sheet1.xml"];
    return strFromU8(sheet ?? new Uint8Array());
  },
  getRecord: async () =>
    (await import("@/lib/operations/records/get-record")).getRecord(stranger, {
      recordType: exception.recordType,
      externalId: exception.sourceExternalId,
    }),
  dismissExceptions: async () =>
    (await import("@/lib/operations/exceptions/dismiss-exceptions")).dismissExceptions(
      stranger,
      ofOwner(),
      "not mine",
    ),
  bringBackExceptions: async () =>
    (await import("@/lib/operations/exceptions/bring-back-exceptions")).bringBackExceptions(
      stranger,
      ofOwner(),
    ),
  moveToOpenDay: async () =>
    (await import("@/lib/operations/exceptions/move-to-open-day")).moveToOpenDay(stranger, ofOwner()),
  chooseValue: async () =>
    (await import("@/lib/operations/exceptions/choose-value")).chooseValue(stranger, {
      group: group.key,
      targetKey: "OUTPUT2",
    }),
  correctRecord: async () =>
    (await import("@/lib/operations/exceptions/correct-record")).correctRecord(stranger, {
      exceptionId: exception.exceptionId,
      corrections: [{ field: "number", sourceKey: "", value: "STOLEN-1" }],
      tryAgain: true,
    }),
  searchLedgerContacts: async () =>
    (await import("@/lib/operations/exceptions/search-ledger-contacts")).searchLedgerContacts(stranger, "a"),
  lookAgain: async () => {
    const { getRuntime } = await import("@/lib/operations/runtime");
    return (await import("@/lib/operations/exceptions/look-again")).lookAgain(await getRuntime(), stranger);
  },
  loadChoices: async () => {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { loadChoices } = await import("@/lib/operations/exceptions/load-options");
    const { loadPair } = await import("@/lib/operations/setup/load-pair");
    const runtime = await getRuntime();
    const pair = await loadPair(runtime, owner.workspaceId);
    if (!pair) throw new Error("the owner has a pair");
    return loadChoices(runtime, stranger, pair).catch(() => "refused");
  },
  getAlerts: async () => (await import("@/lib/operations/alerts/get-alerts")).getAlerts(stranger),
  addChannel: async () =>
    (await import("@/lib/operations/alerts/change-channels")).addChannel(stranger, {
      ...{ kind: "email", userId: owner.userId, ...AT_ONCE },
    }),
  changeChannel: async () =>
    (await import("@/lib/operations/alerts/change-channels")).changeChannel(stranger, {
      channelId,
      ...AT_ONCE,
    }),
  removeChannel: async () =>
    (await import("@/lib/operations/alerts/change-channels")).removeChannel(stranger, { channelId }),
  sendTest: async () => (await import("@/lib/operations/alerts/send-test")).sendTest(stranger, { channelId }),
  getCallMeter: async () => (await import("@/lib/operations/overview/get-call-meter")).getCallMeter(stranger),
  getOverview: async () => (await import("@/lib/operations/overview/get-overview")).getOverview(stranger),
  getTieOut: async () => (await import("@/lib/operations/reconciliation/get-tie-out")).getTieOut(stranger),
  listFindings: async () =>
    (await import("@/lib/operations/reconciliation/list-findings")).listFindings(stranger, {}),
  listFigures: async () =>
    (await import("@/lib/operations/reconciliation/list-figures")).listFigures(stranger, {
      dimension: "month",
    }),
  listTieOutTrend: async () =>
    (await import("@/lib/operations/reconciliation/list-figures")).listTieOutTrend(stranger),
  listMonths: async () => (await import("@/lib/operations/reconciliation/list-months")).listMonths(stranger),
  listMonthChanges: async () =>
    (await import("@/lib/operations/reconciliation/list-months")).listMonthChanges(stranger, {
      month: "2026-08",
    }),
  exportTieOut: async () =>
    (await import("@/lib/operations/reconciliation/export-tie-out")).exportTieOut(stranger),
  requestTieOut: async () =>
    (await import("@/lib/operations/reconciliation/request-tie-out")).requestTieOut(stranger),
  acceptFinding: async () => {
    const { acceptFinding } = await import("@/lib/operations/reconciliation/settle-finding");
    return acceptFinding(stranger, { findingId: await anyFindingId(), why: "It is mine." });
  },
  postAgain: async () => {
    const { postAgain } = await import("@/lib/operations/reconciliation/settle-finding");
    return postAgain(stranger, { findingId: await anyFindingId() });
  },
  closeMonth: async () =>
    (await import("@/lib/operations/reconciliation/close-month")).closeMonth(stranger, { month: "2026-08" }),
  reopenMonth: async () =>
    (await import("@/lib/operations/reconciliation/close-month")).reopenMonth(stranger, { month: "2026-08" }),
  getPreview: async () => (await import("@/lib/operations/runs/get-preview")).getPreview(stranger, runId),
  getRun: async () => (await import("@/lib/operations/runs/get-run")).getRun(stranger, runId),
  listPreviewRows: async () =>
    (await import("@/lib/operations/runs/list-preview-rows")).listPreviewRows(stranger, runId, {}),
  listRuns: async () => (await import("@/lib/operations/runs/list-runs")).listRuns(stranger),
  listRunPage: async () =>
    (await import("@/lib/operations/runs/list-runs")).listRunPage(stranger, {
      sort: { key: "duration", descending: true },
    }),
  releaseUndone: async () => (await import("@/lib/operations/runs/release-undone")).releaseUndone(stranger),
  cancelRun: async () => (await import("@/lib/operations/runs/cancel-run")).cancelRun(stranger, runId),
  decideApproval: async () =>
    (await import("@/lib/operations/approvals/decide-approval")).decideApproval(stranger, {
      approvalId,
      decision: "approved",
      note: "",
    }),
  listApprovals: async () =>
    (await import("@/lib/operations/approvals/list-approvals")).listApprovals(stranger),
  setPostingRules: async () =>
    (await import("@/lib/operations/approvals/set-posting-rules")).setPostingRules(stranger, {
      perRecord: "",
      perRun: "",
      meanwhile: "postTheRest",
      taxFiledTo: "",
    }),
  getParallel: async () => (await import("@/lib/operations/parallel/get-parallel")).getParallel(stranger),
  startParallel: async () =>
    (await import("@/lib/operations/parallel/change-parallel")).startParallel(stranger),
  goLive: async () => (await import("@/lib/operations/parallel/change-parallel")).goLive(stranger),
  setFlowState: async () =>
    (await import("@/lib/operations/parallel/set-flow-state")).setFlowState(stranger, {
      group: "sales",
      state: "off",
    }),
  startPosting: async () =>
    (await import("@/lib/operations/runs/start-posting")).startPosting(stranger, runId),
  startPreview: async () => (await import("@/lib/operations/runs/start-preview")).startPreview(stranger),
  startUndo: async () => (await import("@/lib/operations/runs/start-undo")).startUndo(stranger, runId),
  createWebhook: async () => {
    const { createWebhook } = await import("@/lib/operations/notices/create-webhook");
    return Promise.all(connectionIds.map((connectionId) => createWebhook(stranger, connectionId)));
  },
  getClientSync: async () =>
    (await import("@/lib/operations/client-sync/get-client-sync")).getClientSync(stranger),
  saveClientSync: async () =>
    (await import("@/lib/operations/client-sync/save-client-sync")).saveClientSync(stranger, {
      enabled: false,
    }),
  listMappings: async () =>
    (await import("@/lib/operations/client-sync/list-mappings")).listMappings(stranger),
  exportMappings: async () =>
    (await import("@/lib/operations/client-sync/export-mappings")).exportMappings(stranger),
  exportSampleMappings: async () =>
    (await import("@/lib/operations/client-sync/export-mappings")).exportSampleMappings(stranger),
  correctMappings: async () => {
    const { correctMappings } = await import("@/lib/operations/client-sync/correct-mappings");
    return correctMappings(stranger, { file: Buffer.from(ownersMappings) });
  },
  confirmMappings: async () =>
    (await import("@/lib/operations/client-sync/confirm-mappings")).confirmMappings(stranger, { runId }),
  getClientLog: async () =>
    (await import("@/lib/operations/client-sync/get-client-log")).getClientLog(stranger, { runId }),
  exportClientLog: async () =>
    (await import("@/lib/operations/client-sync/get-client-log")).exportClientLog(stranger, { runId }),
  listEarlierSyncs: async () =>
    (await import("@/lib/operations/client-sync/get-client-log")).listEarlierSyncs(stranger),
  resyncFrom: async () =>
    (await import("@/lib/operations/client-sync/resync-from")).resyncFrom(stranger, {
      recordTypes: ["contact"],
      from: "2026-01-01",
    }),
  listMatches: async () => (await import("@/lib/operations/matches/list-matches")).listMatches(stranger),
  decideMatch: async () => {
    const { decideMatch } = await import("@/lib/operations/matches/decide-match");
    const { listMatches } = await import("@/lib/operations/matches/list-matches");
    const asked = (await listMatches(owner))?.open.flatMap((one) => one.candidates) ?? [];
    expect(asked.length).toBeGreaterThan(0);
    const answers = asked.map(({ questionId }) => ({ questionId, verdict: "same" as const }));
    return decideMatch(stranger, { answers });
  },
  getMatchReview: async () =>
    (await import("@/lib/operations/matches/review-matches")).getMatchReview(stranger),
  listMatchRows: async () =>
    (await import("@/lib/operations/matches/review-matches")).listMatchRows(stranger, {
      recordType: "invoice",
    }),
  exportMatches: async () =>
    (await import("@/lib/operations/matches/export-matches")).exportMatches(stranger),
  confirmMatches: async () =>
    (await import("@/lib/operations/matches/confirm-matches")).confirmMatches(stranger, {
      runId,
      record: null,
    }),
  sayMatches: async () => {
    const { listMatchRows } = await import("@/lib/operations/matches/review-matches");
    const { rows } = await listMatchRows(owner, { recordType: "invoice" });
    const both = rows.find(({ source, ledger }) => source && ledger);
    const sourceExternalId = both?.source?.externalId ?? "";
    const ledgerExternalId = both?.ledger?.externalId ?? "";
    expect(ledgerExternalId).not.toBe("");
    return (await import("@/lib/operations/matches/say-matches")).sayMatches(stranger, {
      words: [{ recordType: "invoice", sourceExternalId, ledgerExternalId, verdict: "another" }],
    });
  },
  uploadMatches: async () => {
    const { uploadMatches } = await import("@/lib/operations/matches/upload-matches");
    return uploadMatches(stranger, { bytes: ownersMatches, digest: null });
  },
  handOver: async () =>
    (await import("@/lib/operations/export/hand-over")).handOver(stranger, { fileName: "records.xlsx" }),
  exportRunLog: async () =>
    (await import("@/lib/operations/runs/export-run-log")).exportRunLog(stranger, runId),
  exportTieOutPdf: async () =>
    (await import("@/lib/operations/reconciliation/export-tie-out-pdf")).exportTieOutPdf(stranger),
  listRecords: async () =>
    (await import("@/lib/operations/records/list-records")).listRecords(stranger, { search: "INV" }),
  findRecords: async () =>
    (await import("@/lib/operations/records/find-records")).findRecords(stranger, "INV"),
  listOtherApps: async () =>
    (await import("@/lib/operations/connections/list-other-apps")).listOtherApps(stranger),
  listHeldConnections: async () =>
    (await import("@/lib/operations/connections/list-held-connections")).listHeldConnections(stranger),
  findOtherTenant: async () => {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { findOtherTenant } = await import("@/lib/operations/connections/other-tenant");
    return findOtherTenant(await getRuntime(), stranger, {
      connectorId: "xero",
      tenant: { tenantId: "another" },
    });
  },
  listWebhooks: async () => (await import("@/lib/operations/notices/list-webhooks")).listWebhooks(stranger),
  getSchedule: async () => (await import("@/lib/operations/schedules/get-schedule")).getSchedule(stranger),
  listFlows: async () => (await import("@/lib/operations/flows/list-flows")).listFlows(stranger),
  setFlow: async () =>
    (await import("@/lib/operations/flows/set-flow")).setFlow(stranger, {
      recordType: "contact",
      direction: "toSource",
      state: "previewOnly",
    }),
  listConflicts: async () => (await import("@/lib/operations/flows/list-conflicts")).listConflicts(stranger),
  resolveConflict: async () =>
    (await import("@/lib/operations/flows/resolve-conflict")).resolveConflict(stranger, {
      exceptionId: exception.exceptionId,
      keep: "ledger",
    }),
  setSchedule: async () =>
    (await import("@/lib/operations/schedules/set-schedule")).setSchedule(stranger, { mode: "byHand" }),
  pausePosting: async () => (await import("@/lib/operations/schedules/pause-posting")).pausePosting(stranger),
  resumePosting: async () =>
    (await import("@/lib/operations/schedules/pause-posting")).resumePosting(stranger),
  getBilling: async () => (await import("@/lib/operations/billing/get-billing")).getBilling(stranger),
  getBillingNotice: async () =>
    (await import("@/lib/operations/billing/get-billing-notice")).getBillingNotice(stranger),
  openPortal: async () =>
    (await import("@/lib/operations/billing/open-portal")).openPortal(stranger, { flow: "home" }),
  returnFromStripe: async () =>
    (await import("@/lib/operations/billing/return-from-stripe")).returnFromStripe(stranger),
  startCheckout: async () =>
    (await import("@/lib/operations/billing/start-checkout")).startCheckout(stranger, { pairs: 1 }),
  listTeam: async () => (await import("@/lib/operations/people/list-team")).listTeam(stranger),
  limitAddresses: async () =>
    (await import("@/lib/operations/workspaces/limit-addresses")).limitAddresses(stranger, {
      lines: "",
      ownAddress: "203.0.113.7",
    }),
  getPrivacy: async () => (await import("@/lib/operations/privacy/get-privacy")).getPrivacy(stranger),
  getWorkspaceNotices: async () =>
    (await import("@/lib/operations/privacy/get-privacy")).getWorkspaceNotices(stranger),
  setMasking: async () =>
    (await import("@/lib/operations/privacy/get-privacy")).setMasking(stranger, { masksBookkeepers: true }),
  findPeople: async () => (await import("@/lib/operations/privacy/find-person")).findPeople(stranger, "a"),
  erasePerson: async () =>
    (await import("@/lib/operations/privacy/erase-person")).erasePerson(stranger, {
      key: await ownersContactKey(),
    }),
  exportPerson: async () =>
    (await import("@/lib/operations/privacy/export-workspace")).exportPerson(
      stranger,
      await ownersContactKey(),
    ),
  exportWorkspace: async () => {
    const { exportWorkspace } = await import("@/lib/operations/privacy/export-workspace");
    const files = unzipSync(await readBytes(await exportWorkspace(stranger)));
    return Object.values(files).map((file) => strFromU8(file));
  },
  giveConsent: async () =>
    (await import("@/lib/operations/privacy/support-consent")).giveConsent(stranger, { hours: 1 }),
  withdrawConsent: async () =>
    (await import("@/lib/operations/privacy/support-consent")).withdrawConsent(stranger),
  askDeletion: async () =>
    (await import("@/lib/operations/privacy/delete-workspace")).askDeletion(stranger, {
      confirmation: stranger.name,
    }),
  takeBackDeletion: async () =>
    (await import("@/lib/operations/privacy/delete-workspace")).takeBackDeletion(stranger),
  noteSeen: async () => (await import("@/lib/operations/people/note-seen")).noteSeen(stranger),
  listOthers: async () => (await import("@/lib/operations/workspaces/list-workspaces")).listOthers(stranger),
  invitePerson: async () =>
    (await import("@/lib/operations/people/invite-person")).invitePerson(stranger, {
      email: "olivia@tidewatergifts.test",
      role: "admin",
    }),
  resendInvitation: async () =>
    (await import("@/lib/operations/people/invite-person")).resendInvitation(stranger, { invitationId }),
  withdrawInvitation: async () =>
    (await import("@/lib/operations/people/invite-person")).withdrawInvitation(stranger, { invitationId }),
  changeRole: async () =>
    (await import("@/lib/operations/people/change-member")).changeRole(stranger, {
      userId: owner.userId,
      role: "readOnly",
    }),
  removeMember: async () =>
    (await import("@/lib/operations/people/change-member")).removeMember(stranger, { userId: owner.userId }),
  transferOwnership: async () =>
    (await import("@/lib/operations/people/change-member")).transferOwnership(stranger, {
      userId: owner.userId,
      confirmation: stranger.name,
    }),
  leaveWorkspace: async () =>
    (await import("@/lib/operations/people/change-member")).leaveWorkspace(stranger),
  lockTeam: async () => {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { lockTeam } = await import("@/lib/operations/people/lock-team");
    const { database } = await getRuntime();
    // Somebody who claims the owner's workspace is no member of it.
    const claimed = { ...stranger, workspaceId: owner.workspaceId };
    const locked = await database.withWorkspace(owner.workspaceId, (tx) =>
      lockTeam(tx, claimed, "people.see"),
    );
    expect(locked.ok).toBe(false);
    return locked;
  },
  getSetup: async () => (await import("@/lib/operations/setup/get-setup")).getSetup(stranger),
  startCount: async () => (await import("@/lib/operations/runs/count-source")).startCount(stranger),
  getSetupProgress: async () =>
    (await import("@/lib/operations/setup/get-setup-progress")).getSetupProgress(stranger),
  getKept: async () => (await import("@/lib/operations/setup/list-kept")).getKept(stranger),
  countMatches: async () => (await import("@/lib/operations/setup/count-matches")).countMatches(stranger),
  confirmSetup: async () =>
    (await import("@/lib/operations/setup/confirm-setup")).confirmSetup(stranger, {
      documentStatus: "draft",
      choices: [],
    }),
};

/** Every step of a run, named by a reference to the owner's run in the stranger's workspace. */
const stepCases: Readonly<Record<string, (ref: { workspaceId: string; runId: string }) => Promise<unknown>>> =
  {
    ...stepsOf(
      () => import("@/lib/operations/runs/prepare-run"),
      [
        "readReference",
        "settleEarlierWrites",
        "readSource",
        "readLedger",
        "planRecordType",
        "planReversalsOfType",
        "finishPlanning",
        "typesOfRun",
      ],
    ),
    ...stepsOf(
      () => import("@/lib/operations/runs/post-run"),
      ["postRecordType", "postReversalsOfType", "catchUpLedger", "beginTieOut", "finishRun", "isPosting"],
    ),
    ...stepsOf(() => import("@/lib/operations/runs/count-source"), ["isCount", "finishCount"]),
    failRun: async (ref) =>
      (await import("@/lib/operations/runs/post-run")).failRun(ref, ["applying"], "stopped"),
    keepDiary: async (ref) => (await import("@/lib/operations/parallel/keep-diary")).keepDiary(ref),
    ...stepsOf(
      () => import("@/lib/operations/reconciliation/run-tie-out"),
      ["tieOutPiece", "tieOutChanges", "tieOutWhenIdle", "failTieOut"],
    ),
    runTieOut: async (ref) => (await import("@/lib/operations/reconciliation/run-tie-out")).runTieOut(ref),
    withRun: async (ref) =>
      (await import("@/lib/operations/runs/run-context")).withRun(ref, async ({ context }) => context.pairId),
    withRunIn: async (ref) =>
      (await import("@/lib/operations/runs/run-context")).withRunIn(["applying"], ref, async () => DONE),
    noteStep: async (ref) => {
      const { getRuntime } = await import("@/lib/operations/runtime");
      return (await import("@/lib/operations/runs/note-progress")).noteStep(await getRuntime(), ref, 0);
    },
    notePause: async (ref) => {
      const { getRuntime } = await import("@/lib/operations/runtime");
      return (await import("@/lib/operations/runs/note-progress")).notePause(await getRuntime(), ref, 1);
    },
    whileHeard: async (ref) => {
      const { getRuntime } = await import("@/lib/operations/runtime");
      const { whileHeard } = await import("@/lib/operations/runs/note-progress");
      return whileHeard(await getRuntime(), ref, async () => null);
    },
  };

function stepsOf<Name extends string>(
  load: () => Promise<
    Record<Name, (ref: { workspaceId: string; runId: string }, type: RecordType) => unknown>
  >,
  names: readonly Name[],
) {
  return Object.fromEntries(
    names.map((name) => [
      name,
      async (ref: { workspaceId: string; runId: string }) => (await load())[name](ref, "invoice"),
    ]),
  );
}

/** A finding of the owner's tie-out. */
async function anyFindingId(): Promise<string> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  const { id } = await database.withWorkspace(owner.workspaceId, (tx) => tx.tieOutFinding.findFirstOrThrow());
  return id.toString();
}

/** Whatever could only come from the owner's workspace. */
async function ownersWords(): Promise<string[]> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  const [pair, document] = await database.withWorkspace(owner.workspaceId, async (tx) => [
    await tx.pair.findFirstOrThrow(),
    await tx.recordSnapshot.findFirstOrThrow({ where: { recordType: "invoice" } }),
  ]);
  return [owner.workspaceId, runId, ...connectionIds, pair.id, document.externalId, document.number];
}

/** Steps that change a run where it is and need not know whether it is. */
const ENDS_WITH_NOTHING: ReadonlySet<string> = new Set(["failRun", "noteStep", "notePause"]);

describe("every operation that takes a workspace", () => {
  it("has a case here", () => {
    expect(Object.keys(cases).sort()).toEqual(listOperationsTaking("WorkspaceAccess"));
    expect(Object.keys(stepCases).sort()).toEqual(listOperationsTaking("RunRef"));
    expect(["takeNotices"]).toEqual(listOperationsTaking("PairRef"));
  });

  it.each(Object.entries(cases))("%s shows and changes nothing of another workspace", async (_name, run) => {
    const before = await dumpWorkspace(owner.workspaceId);
    const shown = JSON.stringify((await run()) ?? null);
    for (const word of await ownersWords()) expect(shown).not.toContain(word);
    expect(await dumpWorkspace(owner.workspaceId)).toEqual(before);
  });

  it("takeNotices does nothing for another workspace's pair", async () => {
    const { takeNotices } = await import("@/lib/operations/notices/take-notices");
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    const pairId = await database.withWorkspace(owner.workspaceId, async (tx) => {
      const { id, ledgerConnectionId: connectionId } = await tx.pair.findFirstOrThrow();
      const told = { workspaceId: owner.workspaceId, pairId: id, connectionId, receivedAt: new Date() };
      const about = { recordType: "invoice", externalId: "", inboxMessageId: id, state: "waiting" };
      await tx.changeNotice.create({ data: { ...told, ...about } });
      return id;
    });
    const before = await dumpWorkspace(owner.workspaceId);
    expect(await takeNotices({ workspaceId: stranger.workspaceId, pairId })).toBe("nothing");
    expect(await dumpWorkspace(owner.workspaceId)).toEqual(before);
    await database.withWorkspace(owner.workspaceId, (tx) => tx.changeNotice.deleteMany());
  });

  it.each(Object.entries(stepCases))("%s does nothing for another workspace's run", async (name, run) => {
    const before = await dumpWorkspace(owner.workspaceId);
    const outcome = run({ workspaceId: stranger.workspaceId, runId });
    if (name === "isPosting" || name === "beginTieOut" || name === "isCount")
      expect(await outcome).toBe(false);
    else if (ENDS_WITH_NOTHING.has(name)) expect(await outcome).toBeUndefined();
    else if (name === "keepDiary") expect(await outcome).toMatchObject({ done: true });
    else if (name === "whileHeard") expect(await outcome).toBeNull();
    else await expect(outcome).rejects.toThrow(`no run ${runId}`);
    expect(await dumpWorkspace(owner.workspaceId)).toEqual(before);
  });
});

interface Begun {
  readonly callback: URLSearchParams;
  readonly cookie: string;
}

/** Goes to the consent page and back, as far as the browser does it. */
async function beginAs(access: WorkspaceAccess): Promise<Begun> {
  const { startConnection } = await import("@/lib/operations/connections/start-connection");
  const { redirectUrl, stateCookie } = await startConnection(access, {
    connectorId: "xero",
    region: "global",
  });
  return { callback: await giveConsent(redirectUrl), cookie: stateCookie.value };
}

async function finishAs(
  access: WorkspaceAccess,
  { callback, cookie }: { callback: URLSearchParams; cookie: string | null },
) {
  const { finishConnection } = await import("@/lib/operations/connections/finish-connection");
  return finishConnection(access, { connectorId: "xero", callback, stateCookieValue: cookie });
}

describe("a callback from the consent page", () => {
  const NOT_THIS_BROWSER =
    "This connection was not started in this browser, or it took longer than ten minutes. Start again.";

  it.each([
    {
      what: "with another state",
      change: ({ callback, cookie }: Begun) => {
        const forged = new URLSearchParams(callback);
        forged.set("state", "forged");
        return { callback: forged, cookie };
      },
      says: "The answer does not belong to this connection. Start again.",
    },
    {
      what: "without a cookie",
      change: ({ callback }: Begun) => ({ callback, cookie: null }),
      says: NOT_THIS_BROWSER,
    },
    {
      what: "with a cookie that nobody sealed",
      change: ({ callback, cookie }: Begun) => ({ callback, cookie: `${cookie.slice(0, -4)}AAAA` }),
      says: NOT_THIS_BROWSER,
    },
    {
      what: "after permission was refused",
      change: ({ callback, cookie }: Begun) => ({
        callback: new URLSearchParams({ error: "access_denied", state: callback.get("state") ?? "" }),
        cookie,
      }),
      says: "Xero was not connected: permission was not given. Nothing has changed.",
    },
  ])("$what says what to do, asks for no tokens and changes nothing", async ({ change, says }) => {
    const begun = change(await beginAs(stranger));
    const before = await dumpWorkspace(stranger.workspaceId);
    const since = world.sandbox.callLog.seq;
    expect(await finishAs(stranger, begun)).toEqual({ ok: false, error: { message: says } });
    expect(world.sandbox.callLog.entries(since)).toEqual([]);
    expect(await dumpWorkspace(stranger.workspaceId)).toEqual(before);
  });

  it("with another person's cookie is refused, though it comes to the same browser", async () => {
    const since = await beginAs(owner);
    const answered = await finishAs(stranger, since);
    expect(answered).toEqual({ ok: false, error: { message: NOT_THIS_BROWSER } });
  });
});

describe("an organisation that another workspace has", () => {
  it("is refused with a sentence that says where to go, and leaves the first connection at work", async () => {
    await expect(world.owner.connect(stranger, "zoho-books", "eu")).rejects.toThrow(
      /^Tidewater Gifts Ltd is already connected to another Tieout workspace\. Disconnect it there first/,
    );
    expect((await world.owner.syncOnce(owner)).state).toBe("finished");
  });

  it("goes to one of two workspaces that claim it in the same moment", async () => {
    const { listConnections } = await import("@/lib/operations/connections/list-connections");
    const { disconnect } = await import("@/lib/operations/connections/disconnect");
    for (const connectionId of connectionIds) await disconnect(owner, connectionId);
    const both = await Promise.allSettled(
      [owner, stranger].map((access) => world.owner.connect(access, "zoho-books", "eu")),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const active = [...(await listConnections(owner)), ...(await listConnections(stranger))];
    expect(active.filter((one) => one.status === "active")).toHaveLength(1);
  });
});
