import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { type Sight, sightOf } from "@/lib/domain/personal-details";
import { problem } from "@/lib/domain/problem";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import type {
  ExceptionChoiceView,
  ExceptionFilter,
  ExceptionGroupView,
  ExceptionSort,
  ExceptionState,
  ExceptionsView,
} from "@/lib/domain/views/exception-view";
import type { ListSort } from "@/lib/domain/views/list-sort";
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
/** The choice that a group waits for is told from the first so many of its records; choosing it looks at all. */
const CHOICE_LOOKED_AT = 100;

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
  /** Of the records of a group: the oldest first unless said otherwise. Groups stand by their size. */
  readonly sort?: ListSort<ExceptionSort>;
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
  const choices = needsChoices ? await loadChoices(runtime, access, pair, CHOICE_LOOKED_AT) : null;
  const names = namesOfPair(runtime, pair);
  const views: ExceptionGroupView[] = [];
  for (const group of groups) {
    const own = rows.filter((row) => row.groupKey === group.key);
    const choice = choices
      ? await runtime.database.withWorkspace(access.workspaceId, (tx) =>
          describeChoice(tx, pair, group, choices, names.ledger),
        )
      : null;
    views.push(describeGroup(group, own, choice, { ...names, slug: access.slug, sight: sightOf(access) }));
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
  const condition = conditionOf(pair.id, state, filter);
  // Groups are counted in an index alone; what they are about is read of the first of each, and of those on the page.
  return tx.$queryRaw<Group[]>`
    WITH grouped AS (
      SELECT e.group_key AS key, count(*)::integer AS total, min(e.sequence) AS first
        FROM exceptions e WHERE ${condition} GROUP BY e.group_key),
    known AS (
      SELECT g.key, g.total, f.cause, f.subject, f.vendor_message AS "vendorMessage",
             CASE WHEN f.cause IN (${Prisma.join(WAITING)}) THEN 1 ELSE 0 END AS waits
        FROM grouped g JOIN exceptions f ON f.sequence = g.first),
    asked AS MATERIALIZED (
      SELECT DISTINCT e.group_key AS key
        FROM match_questions m
        JOIN exceptions e ON e.pair_id = m.pair_id AND e.record_type = m.record_type
                         AND e.source_external_id = m.source_external_id
       WHERE m.pair_id = ${pair.id}::uuid AND m.verdict IS NULL AND ${condition}),
    shown AS (
      SELECT * FROM known ${beyond} ORDER BY waits, total DESC, key LIMIT ${GROUPS_PER_PAGE + 1})
    SELECT s.*, EXISTS (SELECT FROM asked WHERE asked.key = s.key) AS "isAsked",
           NOT EXISTS (SELECT FROM exceptions e JOIN sync_runs r ON r.id = e.run_id
                        WHERE ${condition} AND e.group_key = s.key AND r.direction <> 'toSource') AS "goesBack"
      FROM shown s ORDER BY s.waits, s.total DESC, s.key`;
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
  const missing = await findMissingChoice(tx, pair, group, choices.maps, CHOICE_LOOKED_AT);
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
  names: { readonly source: string; readonly ledger: string; readonly slug: string; readonly sight: Sight },
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
    subject: names.sight.text(subject),
    message: names.sight.text(total === 1 ? (rows[0]?.message ?? sentence.message) : sentence.message),
    remedy: names.sight.text(sentence.remedy),
    action: actionOf(cause, names.slug, group.isAsked),
    choice,
    canMoveToOpenDay: canMoveToOpenDay(cause),
    rows: rows.map((row) => describeRow(row, names.sight)),
    total,
  };
}
