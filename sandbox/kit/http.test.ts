import { afterEach, describe, expect, it, vi } from "vitest";
import { createCallLog } from "./call-log";
import { createClock } from "./clock";
import { createFaults } from "./faults";
import { ELEMENTS_HEADER, type ListeningServer, listen } from "./http";
import type { SandboxService } from "./types";

const service: SandboxService = {
  prefix: "notes",
  describe: ({ method }) => ({ tenant: null, operation: "/x", kind: method === "GET" ? "read" : "write" }),
  handle: async ({ body }) => ({ status: 200, headers: { [ELEMENTS_HEADER]: "3" }, body: `got ${body}` }),
};

let server: ListeningServer;
afterEach(() => server.close());

const start = async (flush: () => Promise<void>) => {
  const callLog = createCallLog();
  const told: string[] = [];
  server = await listen(
    async () => ({
      service: (prefix) => (prefix === service.prefix ? service : undefined),
      control: async () => ({ status: 404 }),
      faults: createFaults(),
      callLog,
      clock: createClock(),
      staleUntil: () => 0,
      limitSpeed: () => 1,
      flush,
      onError: (error) => told.push(String(error)),
    }),
    { port: 0, host: "127.0.0.1" },
  );
  return { url: `${server.origin}/notes/x`, callLog, told };
};

describe("the server", () => {
  it("answers a write only once the store is on disk, and a read at once", async () => {
    let release = (): void => {};
    const flush = vi.fn(() => new Promise<void>((resolve) => (release = resolve)));
    const { url } = await start(flush);
    expect((await fetch(url)).status).toBe(200);
    expect(flush).not.toHaveBeenCalled();
    const answered = vi.fn();
    const written = fetch(url, { method: "PUT", body: "a" }).then(answered);
    await vi.waitFor(() => expect(flush).toHaveBeenCalledTimes(1));
    expect((await fetch(url)).status).toBe(200);
    expect(answered).not.toHaveBeenCalled();
    release();
    await written;
    expect(answered).toHaveBeenCalledTimes(1);
  });

  it("answers 500 when the store cannot be written", async () => {
    const { url, told } = await start(async () => {
      throw new Error("disk full");
    });
    expect((await fetch(url, { method: "PUT" })).status).toBe(500);
    expect(told).toEqual(["Error: disk full"]);
  });

  it("files the number of records of a write and keeps it from the client", async () => {
    const { url, callLog } = await start(async () => {});
    const response = await fetch(url, { method: "PUT", body: "abc" });
    expect(response.headers.get(ELEMENTS_HEADER)).toBeNull();
    expect(await response.text()).toBe("got abc");
    expect(callLog.entries()).toMatchObject([
      { operation: "/x", elements: 3, bytesIn: 3, bytesOut: 7, status: 200 },
    ]);
  });
});
