/** Takes down what passes between a client and every sandbox of this process, to be checked after the test. */
import { type Exchange, watchExchanges } from "@/sandbox/kit/exchanges";
import { checkAnswer, checkRequest, operationOf } from "./check-exchange";

export interface Recording {
  readonly exchanges: readonly Exchange[];
  /** How often each problem stands in what was sent. */
  requestProblems(): Record<string, number>;
  /** How often each problem stands in what was answered. */
  answerProblems(): Record<string, number>;
  /** Ids of the operations that were called, in the order of their first call. */
  operations(): string[];
  stop(): void;
}

/** Checking waits until it is asked for: it must not hold up a client that has a deadline. */
export function recordExchanges(service?: string): Recording {
  const exchanges: Exchange[] = [];
  const stop = watchExchanges((exchange) => {
    if (service === undefined || exchange.service === service) exchanges.push(exchange);
  });
  return {
    exchanges,
    requestProblems: () => counted(exchanges.flatMap(checkRequest)),
    answerProblems: () => counted(exchanges.flatMap(checkAnswer)),
    operations: () => [
      ...new Set(exchanges.map((exchange) => operationOf(exchange)?.id).filter((id) => id !== undefined)),
    ],
    stop,
  };
}

/** Each text with the number of times that it occurs. */
export function counted(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}
