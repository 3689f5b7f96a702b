import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { httpFetch } from "./http-fetch";

const asked: { method?: string; headers: Record<string, unknown>; body: string }[] = [];
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    asked.push({
      method: request.method,
      headers: request.headers,
      body: Buffer.concat(chunks).toString("utf8"),
    });
    if (request.url === "/broken") return response.destroy();
    if (request.url === "/bare") return response.writeHead(204).end();
    response.writeHead(409, { "content-type": "application/json", "x-kind": "stale" }).end('{"error":"ä"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${z.object({ port: z.int() }).parse(server.address()).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test("a call arrives as it was given, and its answer comes back as fetch would give it", async () => {
  const answer = await httpFetch(`${origin}/v1`, {
    method: "POST",
    headers: { authorization: "Bearer x" },
    body: "ü",
  });
  expect(asked.at(-1)).toMatchObject({
    method: "POST",
    headers: { authorization: "Bearer x", "content-length": "2" },
    body: "ü",
  });
  expect([answer.status, answer.ok, answer.headers.get("x-kind"), await answer.json()]).toEqual([
    409,
    false,
    "stale",
    { error: "ä" },
  ]);
});

test("an answer without a body is one", async () => {
  const answer = await httpFetch(new URL("/bare", origin));
  expect([answer.status, await answer.text()]).toEqual([204, ""]);
});

test("a connection that breaks before the answer rejects in the words of fetch", async () => {
  await expect(httpFetch(`${origin}/broken`)).rejects.toThrow(/^fetch failed$/);
});

test("a body that is no text is refused", async () => {
  await expect(httpFetch(origin, { method: "POST", body: new Uint8Array([1]) })).rejects.toThrow(
    "sends text alone",
  );
});
