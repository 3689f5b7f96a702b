import { createHash } from "node:crypto";
import type { VendorExchange, WriteElement, WriteOutcome } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { Result } from "@/lib/kernel/result";
import type { SdkCall, WriteAnswer, XeroClient } from "../client";
import { problemOfMessages } from "../errors";
import { readList, refusalOfElement } from "../wire/envelope";

/**
 * One write call with many elements, and one outcome for each. Xero answers elements in the order sent; each answer is
 * still held against what was asked before it is believed. Where Xero refuses the whole call and names elements, the
 * others are sent again under a key of their own, so that one's fault never fails another.
 */
export interface Batch {
  /** Name of the list in the answer. */
  readonly plural: string;
  /** The call for these elements; equal elements must make equal bytes. */
  call(elements: readonly WriteElement[], key: string): SdkCall;
  /** Whether an element of the answer is the answer to that one. */
  answers(answer: unknown, element: WriteElement): boolean;
  /** The saved record out of an element of the answer. */
  read(answer: unknown, element: WriteElement): Result<CanonicalRecord, string>;
  /** What a refusal is about where Xero's sentence names nothing itself. */
  subject(element: WriteElement): string;
}

export async function sendBatch(
  client: XeroClient,
  batch: Batch,
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const answer = await client.write(batch.call(elements, key), elements.length);
  switch (answer.kind) {
    case "unknown": {
      const sent = sentElements(batch, answer.exchange);
      return elements.map(({ intentId }, index) => ({
        intentId,
        kind: "unknown",
        why: answer.why,
        exchange: { ...answer.exchange, sent: sent(index) },
      }));
    }
    case "answered":
      return outcomesOf(batch, elements, answer.body, answer.exchange);
    case "refused":
      return splitRefused(client, batch, elements, key, answer);
  }
}

function outcomesOf(
  batch: Batch,
  elements: readonly WriteElement[],
  body: unknown,
  exchange: VendorExchange,
): WriteOutcome[] {
  const list = readList(body, batch.plural);
  if (list === null) {
    const why = `Xero's answer has no ${batch.plural}.`;
    return elements.map(({ intentId }) => ({ intentId, kind: "unknown", why }));
  }
  const aligned = align(batch, elements, list.elements);
  const sent = sentElements(batch, exchange);
  return elements.map((element, index) => {
    const outcome = outcomeOf(batch, element, aligned[index]);
    if (outcome.kind !== "rejected") return outcome;
    return { ...outcome, exchange: { ...exchange, sent: sent(index), answered: aligned[index] } };
  });
}

/** What was sent for one element of a call; all of it where the call was for a single record. */
function sentElements(batch: Batch, exchange: VendorExchange): (index: number) => unknown {
  let read: { readonly sent: unknown; readonly list: ReturnType<typeof readList> } | null = null;
  return (index) => {
    if (read === null) {
      const { sent } = exchange;
      read = { sent, list: readList(sent, batch.plural) };
    }
    return read.list?.elements[index] ?? read.sent;
  };
}

function outcomeOf(batch: Batch, element: WriteElement, answer: unknown): WriteOutcome {
  const { intentId } = element;
  if (answer === undefined) {
    return { intentId, kind: "unknown", why: "Xero's answer does not mention this record." };
  }
  const refusal = refusalOfElement(answer);
  if (refusal !== null) {
    return { intentId, kind: "rejected", problem: problemOfMessages(refusal, batch.subject(element)) };
  }
  const read = batch.read(answer, element);
  if (!read.ok) return { intentId, kind: "unknown", why: read.error };
  return { intentId, kind: "applied", externalId: read.value.externalId, record: read.value };
}

/** The answer to each element: by its place where that fits, else by search; undefined where there is none. */
function align(batch: Batch, elements: readonly WriteElement[], answers: readonly unknown[]): unknown[] {
  const unclaimed = new Set(answers);
  const claim = (answer: unknown): unknown => {
    unclaimed.delete(answer);
    return answer;
  };
  return elements.map((element, index) => {
    const inPlace = answers[index];
    if (inPlace !== undefined && unclaimed.has(inPlace) && batch.answers(inPlace, element))
      return claim(inPlace);
    for (const answer of unclaimed) if (batch.answers(answer, element)) return claim(answer);
    return undefined;
  });
}

/** Nothing of the call was saved: the elements that Xero complains of are out, the others get a call of their own. */
async function splitRefused(
  client: XeroClient,
  batch: Batch,
  elements: readonly WriteElement[],
  key: string,
  refused: Extract<WriteAnswer, { kind: "refused" }>,
): Promise<WriteOutcome[]> {
  const aligned = align(batch, elements, refused.elements);
  const complaints = aligned.map((answer) => refusalOfElement(answer) ?? []);
  const sent = sentElements(batch, refused.exchange);
  const named = elements.filter((_, index) => (complaints[index] ?? []).length > 0);
  const rejected: WriteOutcome[] = elements.flatMap((element, index) => {
    const messages = complaints[index] ?? [];
    const isOut = messages.length > 0 || elements.length === 1;
    if (!isOut) return [];
    const said = messages.length > 0 ? messages : [refused.message];
    return [
      {
        intentId: element.intentId,
        kind: "rejected" as const,
        problem: problemOfMessages(said, batch.subject(element)),
        exchange: {
          ...refused.exchange,
          sent: sent(index),
          answered: aligned[index] ?? refused.exchange.answered,
        },
      },
    ];
  });
  const others = elements.filter(
    (element) => !rejected.some(({ intentId }) => intentId === element.intentId),
  );
  const again = named.length > 0 ? [others] : halves(others);
  const more = await sendParts(client, batch, again, key);
  return inOrderOf(elements, [...rejected, ...more]);
}

function halves(elements: readonly WriteElement[]): (readonly WriteElement[])[] {
  const middle = Math.ceil(elements.length / 2);
  return [elements.slice(0, middle), elements.slice(middle)];
}

/**
 * Sends parts one after another. Once a part may have been applied the whole can no longer be taken back by an error,
 * so parts that then cannot be sent are unknown: a search by marker will show that they are not there.
 */
export async function sendParts(
  client: XeroClient,
  batch: Batch,
  parts: readonly (readonly WriteElement[])[],
  key: string,
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  for (const part of parts) {
    if (part.length === 0) continue;
    try {
      outcomes.push(...(await sendBatch(client, batch, part, partKey(key, part))));
    } catch (thrown) {
      if (!(thrown instanceof ConnectorError) || outcomes.every(({ kind }) => kind === "rejected"))
        throw thrown;
      const why = `Not sent: ${thrown.message}`;
      outcomes.push(...part.map(({ intentId }) => ({ intentId, kind: "unknown" as const, why })));
    }
  }
  return outcomes;
}

/** The same part always gets the same key, and never another's; at most 128 characters, as Xero allows. */
export function partKey(key: string, part: readonly WriteElement[]): string {
  const ids = part.map(({ intentId }) => intentId).join(" ");
  return createHash("sha256").update(`${key}\n${ids}`).digest("hex");
}

export function inOrderOf(
  elements: readonly WriteElement[],
  outcomes: readonly WriteOutcome[],
): WriteOutcome[] {
  const byIntent = new Map(outcomes.map((outcome) => [outcome.intentId, outcome]));
  return elements.flatMap(({ intentId }) => byIntent.get(intentId) ?? []);
}
