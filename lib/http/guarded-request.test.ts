import { createServer, type Server } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createGuardedRequest, GuardFailure, type Resolve } from "./guarded-request";
import { HttpFailure } from "./send-request";

let server: Server;
let origin: string;
let calls = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    calls += 1;
    if (request.url === "/away") return response.writeHead(302, { location: "http://10.0.0.1/" }).end();
    if (request.url === "/silent") return;
    response.writeHead(200, { "content-type": "application/json" }).end(`{"path":"${request.url}"}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://localhost:${z.object({ port: z.int() }).parse(server.address()).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const get = (url: string) => ({ method: "GET", url, headers: {}, timeoutMs: 2_000 }) as const;

async function failureOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
  } catch (thrown) {
    if (thrown instanceof GuardFailure) return thrown.why;
    return thrown instanceof HttpFailure ? thrown.kind : `not an HttpFailure: ${thrown}`;
  }
  return "no failure";
}

const resolvesTo =
  (...addresses: readonly string[]): Resolve =>
  (_host, answer) =>
    answer(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );

test("the configured sandbox is called, and no other port of this machine", async () => {
  const send = createGuardedRequest({ sandboxOrigin: origin });
  expect((await send(get(`${origin}/tims`))).text).toBe('{"path":"/tims"}');
  const before = calls;
  const strict = createGuardedRequest({ sandboxOrigin: null });
  expect(await failureOf(() => strict(get(`${origin}/tims`)))).toBe("notPublic");
  expect(await failureOf(() => send(get(origin.replace("localhost", "127.0.0.1"))))).toBe("notPublic");
  expect(calls).toBe(before);
});

test("a redirect is refused and not followed", async () => {
  const send = createGuardedRequest({ sandboxOrigin: origin });
  expect(await failureOf(() => send(get(`${origin}/away`)))).toBe("redirected");
});

test("silence ends at the deadline", async () => {
  const send = createGuardedRequest({ sandboxOrigin: origin });
  expect(await failureOf(() => send({ ...get(`${origin}/silent`), timeoutMs: 50 }))).toBe("timeout");
});

test("a name is never connected to once one of its addresses is not public, whatever stands beside it", async () => {
  const before = calls;
  const inside = fc.constantFrom(
    "127.0.0.1",
    "10.1.2.3",
    "::1",
    "::ffff:127.0.0.1",
    "fd00::1",
    "169.254.169.254",
  );
  const outside = fc.constantFrom("93.184.216.34", "2606:4700:4700::1111");
  await fc.assert(
    fc.asyncProperty(
      fc.array(outside, { maxLength: 2 }),
      inside,
      fc.array(outside, { maxLength: 2 }),
      async (...parts) => {
        const send = createGuardedRequest({ sandboxOrigin: null, resolve: resolvesTo(...parts.flat()) });
        expect(await failureOf(() => send(get("https://erp.example.com:8443/api")))).toBe("notPublic");
      },
    ),
    { numRuns: 40 },
  );
  expect(calls).toBe(before);
});

test("a name is asked for at each new connection, so one that turns private later is refused then", async () => {
  const asked: string[] = [];
  const send = createGuardedRequest({
    sandboxOrigin: null,
    resolve: (host, answer) => {
      asked.push(host);
      const error = asked.length === 1 ? Object.assign(new Error("none"), { code: "ENOTFOUND" }) : null;
      answer(error, error === null ? [{ address: "127.0.0.1", family: 4 }] : []);
    },
  });
  expect(await failureOf(() => send(get("https://erp.example.com/api")))).toBe("refused");
  expect(await failureOf(() => send(get("https://erp.example.com/api")))).toBe("notPublic");
  expect(asked).toEqual(["erp.example.com", "erp.example.com"]);
});
