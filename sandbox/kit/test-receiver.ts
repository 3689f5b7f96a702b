/** A small HTTP server for tests of what the sandbox sends: it keeps every call and answers as it is told. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import { invariant } from "@/lib/kernel/invariant";

export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ReceiverAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Receiver {
  /** http://localhost:PORT */
  readonly origin: string;
  readonly received: Received[];
  /** Answers from now on; null never answers. */
  answerWith(answer: (call: Received) => ReceiverAnswer | null): void;
  close(): Promise<void>;
}

/** Starts a receiver that takes everything. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let answer: (call: Received) => ReceiverAnswer | null = () => ({ status: 200 });
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method = "", url = "", headers } = incoming;
      const call = { method, url, headers, body: Buffer.concat(chunks).toString("utf8") };
      received.push(call);
      const given = answer(call);
      if (given !== null) outgoing.writeHead(given.status, given.headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  invariant(address !== null && typeof address === "object", "a listening server has its address");
  return {
    origin: `http://localhost:${address.port}`,
    received,
    answerWith(next) {
      answer = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
