/**
 * Lets whoever runs in the sandbox's own process watch every call with the answer that its service gave, before
 * an ordered fault bends it. Nothing is kept and nothing is copied; without a watcher it costs one comparison.
 */
import { channel } from "node:diagnostics_channel";
import type { SandboxRequest, SandboxResponse } from "./types";

/** One call and its answer, as the service saw and gave them. */
export interface Exchange {
  /** Prefix of the service, for example "xero". */
  readonly service: string;
  readonly operation: string;
  readonly request: SandboxRequest;
  readonly response: SandboxResponse;
}

const exchanges = channel("tieout.sandbox.exchange");

/** Tells the watchers; what one of them throws reaches the process as an uncaught error. */
export function publishExchange(exchange: Exchange): void {
  if (exchanges.hasSubscribers) exchanges.publish(exchange);
}

/** Calls back for each exchange of every sandbox in this process; answers how to stop. */
export function watchExchanges(watcher: (exchange: Exchange) => void): () => void {
  const listener = (message: unknown): void => {
    if (isExchange(message)) watcher(message);
  };
  exchanges.subscribe(listener);
  return () => {
    exchanges.unsubscribe(listener);
  };
}

function isExchange(message: unknown): message is Exchange {
  return typeof message === "object" && message !== null && "request" in message && "response" in message;
}
