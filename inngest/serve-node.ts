import { createServer } from "node:http";
import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/node";

/*
 * The functions over plain node:http, for a worker without web pages and for tests; the web app serves the same list
 * through Next. Every request must be signed, registration included.
 */

const HOST = "127.0.0.1";

export interface ServeFunctionsOptions {
  readonly client: Inngest.Any;
  readonly functions: readonly InngestFunction.Any[];
  /** 0 takes a free one. */
  readonly port: number;
  readonly path?: string;
}

export interface ServedFunctions {
  readonly origin: string;
  /** What the runner is told as its appUrl. */
  readonly appUrl: string;
  stop(): Promise<void>;
}

export async function serveFunctions(options: ServeFunctionsOptions): Promise<ServedFunctions> {
  const path = options.path ?? "/api/inngest";
  const handle = serve({
    client: options.client,
    functions: [...options.functions],
    servePath: path,
    enableUnauthedSync: false,
  });
  const server = createServer((request, response) => {
    if (new URL(request.url ?? "/", "http://localhost").pathname === path) return handle(request, response);
    response.writeHead(404, { "content-type": "application/json" }).end('{"error":"not found"}');
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, HOST, resolve);
  });
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : options.port;
  const origin = `http://${HOST}:${port}`;
  return {
    origin,
    appUrl: `${origin}${path}`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
