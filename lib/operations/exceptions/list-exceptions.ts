import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { problem } from "@/lib/domain/problem";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import type {
  ExceptionChoiceView,
  ExceptionFilter,
  ExceptionGroupView,
  ExceptionState,
  ExceptionsView,
} from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { problemSentence } from "@/lib/sync/problem-sentence";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { conditionOf } from "./chosen-exceptions";
import { actionOf, canMoveToOpenDay, causeOf, describeRow, namesOfPair } from "./describe-exception";
import {
  type Choices,
  findMissingChoice,
  kindOfCause,
  loadChoices,
  optionsFor,
  type Pair,
} from "./load-options";

const GROUPS_PER_PAGE = 25;
/** Of each group; the rest has a page of its own. */
const ROWS_SHOWN = 5;

const NOTHING: ExceptionsView = {
  open: 0,
  dismissed: 0,
  recordTypes: [],
  groups: [],
  next: null,
  names: { source: "", ledger: "" },
};

export interface ListedFilter extends ExceptionFilter {
  readonly state?: ExceptionState;
  /** Where the page before ended. */
  readonly after?: string;
}

/**
 * Exceptions by what mends them, a page of groups at a time: the largest first, and those that only wait for another
 * record last. Counting and grouping is the database's work, so that thousands of one cause are one line here.
 */
export async function listExceptions(
  access: WorkspaceAccess,
  filter: ListedFilter = {},
): Promise<ExceptionsView> {
  const runtime = await getRuntime();
  const state = filter.state ?? "open";
  const found = await runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return null;
    const groups = await loadGroups(tx, pair, state, filter);
    return {
      pair,
      groups: groups.slice(0, GROUPS_PER_PAGE),
      hasMore: groups.length > GROUPS_PER_PAGE,
      rows: await loadFirstRows(tx, pair, state, filter, groups),
      counts: await loadCounts(tx, pair),
    };
  });
  if (!found) return NOTHING;
  const { pair, groups, rows, counts, hasMore } = found;
  const needsChoices = state === "open" && groups.some((group) => kindOfCause(group.cause) !== null);
  const choices = needsChoices ? await loadChoices(runtime, access, pair) : null;
  const names = namesOfPair(runtime, pair);
  const views: ExceptionGroupView[] = [];
  for (const group of groups) {
    const own = rows.filter((row) => row.groupKey === group.key);
    const choice = choices
      ? await runtime.database.withWorkspace(access.workspaceId, (tx) =>
          describeChoice(tx, pair, group, choices, names.ledger),
        )
      : null;
    views.push(describeGroup(group, own, choice, { ...names, slug: access.slug }));
  }
  const last = groups.at(-1);
  return {
    open: counts.open,
    dismissed: counts.dismissed,
    recordTypes: RECORD_TYPES.filter((type) =>
      counts.types.some((one) => one.state === state && one.recordType === type),
    ),
    groups: views,
    next: hasMore && last ? keyOfGroup(last) : null,
    names,
  };
}

interface Group {
  readonly key: string;
  readonly cause: string;
  readonly subject: string;
  readonly vendorMessage: string | null;
  readonly total: number;
  readonly waits: number;
  /** True where a question under Matches is open for one of them at least. */
  readonly isAsked: boolean;
  /** True where all of them were on their way to the source. */
  readonly goesBack: boolean;
}

/** Causes that go away when the record that they wait for is mended. */
const WAITING = ["contactNotPosted", "documentNotPosted"];

const groupKeySchema = z
  .string()
  .regex(/^[01]\.\d{1,9}\.[0-9a-f]{32}$/)
  .transform((text) => {
    const [waits = "0", total = "0", key = ""] = text.split(".");
    return { waits: Number(waits), total: Number(total), key };
  });
const keyOfGroup = ({ waits, total, key }: Group): string => `${waits}.${total}.${key}`;

async function loadGroups(
  tx: Transaction,
  pair: Pair,
  state: ExceptionState,
  filter: ListedFilter,
): Promise<Group[]> {
  const after = groupKeySchema.safeParse(filter.after);
  const beyond = after.success
    ? Prisma.sql`WHERE (waits, -total, key) > (${after.data.waits}, ${-after.data.total}, ${after.data.key})`
    : Prisma.empty;
  return tx.$queryRaw<Group[]>`
    SELECT * FROM (
      SELECT e.group_key AS key, min(e.cause) AS cause, min(e.subject) AS subject, min(e.vendor_message) AS "vendorMessage",
             count(*)::integer AS total, max(CASE WHEN e.cause IN (${Prisma.join(WAITING)}) THEN 1 ELSE 0 END) AS waits,
             bool_or(EXISTS (SELECT 1 FROM match_questions m
                              WHERE m.pair_id = e.pair_id AND m.record_type = e.record_type
                                AND m.source_external_id = e.source_external_id AND m.verdict IS NULL)) AS "isAsked",
             bool_and(r.direction = 'toSource') AS "goesBack"
        FROM exceptions e JOIN sync_runs r ON r.id = e.run_id WHERE ${conditionOf(pair.id, state, filter)}
       GROUP BY e.group_key) AS groups
      ${beyond}
     ORDER BY waits, total DESC, key LIMIT ${GROUPS_PER_PAGE + 1}`;
}

async function loadFirstRows(
  tx: Transaction,
  pair: Pair,
  state: ExceptionState,
  filter: ListedFilter,
  groups: readonly Group[],
) {
  const keys = groups.map((group) => group.key);
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT first.id
      FROM unnest(${keys}::text[]) AS wanted (key)
      CROSS JOIN LATERAL (
        SELECT e.id FROM exceptions e
         WHERE ${conditionOf(pair.id, state, filter)} AND e.group_key = wanted.key
         ORDER BY e.sequence LIMIT ${ROWS_SHOWN}) AS first`;
  return tx.syncException.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: { sequence: "asc" },
    omit: { exchange: true },
  });
}

async function loadCounts(tx: Transaction, pair: Pair) {
  const types = await tx.syncException.groupBy({
    by: ["state", "recordType"],
    where: { pairId: pair.id, state: { in: ["open", "dismissed"] } },
    _count: { _all: true },
  });
  const count = (state: ExceptionState): number =>
    types.filter((one) => one.state === state).reduce((sum, one) => sum + one._count._all, 0);
  return { types, open: count("open"), dismissed: count("dismissed") };
}

async function describeChoice(
  tx: Transaction,
  pair: Pair,
  group: Group,
  choices: Choices,
  ledger: string,
): Promise<ExceptionChoiceView | null> {
  const missing = await findMissingChoice(tx, pair, group, choices.maps);
  if (!missing) return null;
  const sourceKey = missing.sourceKeys[0] ?? "";
  const question = choices.questions.find((one) => one.kind === missing.kind && one.sourceKey === sourceKey);
  const noun = missing.kind === "tax" ? "Tax rate" : missing.kind === "account" ? "Account" : "Bank account";
  return {
    label: `${noun} in ${ledger} for "${group.subject}"`,
    options: optionsFor(choices, missing.kind, sourceKey),
    suggestedKey: question?.suggestedKey ?? null,
  };
}

function describeGroup(
  group: Group,
  rows: readonly Parameters<typeof describeRow>[0][],
  choice: ExceptionChoiceView | null,
  names: { readonly source: string; readonly ledger: string; readonly slug: string },
): ExceptionGroupView {
  const { key, cause, subject, total, goesBack } = group;
  const sentence = problemSentence(problem(causeOf(cause), subject, group.vendorMessage), {
    source: goesBack ? names.ledger : names.source,
    ledger: goesBack ? names.source : names.ledger,
    record: total === 1 ? "One record" : `Each of ${total.toLocaleString("en-GB")} records`,
  });
  return {
    key,
    cause,
    subject,
    message: total === 1 ? (rows[0]?.message ?? sentence.message) : sentence.message,
    remedy: sentence.remedy,
    action: actionOf(cause, names.slug, group.isAsked),
    choice,
    canMoveToOpenDay: canMoveToOpenDay(cause),
    rows: rows.map(describeRow),
    total,
  };
}
