import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { limitBody, tooLong } from "./limit-body";

const ADDRESS = "http://localhost:3999/api/inngest?fnId=1";

function sent(pieces: readonly string[], headers: Record<string, string> = {}) {
  let read = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces[read];
      read += 1;
      if (piece === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(piece));
    },
  });
  const request = new NextRequest(ADDRESS, { method: "POST", headers, body, duplex: "half" });
  return { request, piecesRead: () => read };
}

describe("a limited body", () => {
  it("is handed on whole where it is short enough, with its address and headers", async () => {
    const { request } = sent(["one ", "two"], { "x-inngest-signature": "s=1" });
    const limited = await limitBody(request, 7);
    expect(await limited?.text()).toBe("one two");
    expect([limited?.url, limited?.method, limited?.headers.get("x-inngest-signature")]).toEqual([
      ADDRESS,
      "POST",
      "s=1",
    ]);
  });

  it("is refused once it passes the limit, and the rest of it is not read", async () => {
    const { request, piecesRead } = sent(Array.from({ length: 1_000 }, () => "x".repeat(100)));
    expect(await limitBody(request, 1_000)).toBeNull();
    expect(piecesRead()).toBeLessThan(20);
  });

  it("is refused by its announced length without a byte being read", async () => {
    const { request } = sent(["x"], { "content-length": "1001" });
    expect(await limitBody(request, 1_000)).toBeNull();
    expect(request.bodyUsed).toBe(false);
  });

  it("is left alone where there is none", async () => {
    const request = new NextRequest(ADDRESS);
    expect(await limitBody(request, 0)).toBe(request);
  });

  it.each([
    ["sign-in", 16_001, () => import("./auth/[...nextauth]/route")],
    ["the step functions", 33_000_001, () => import("./inngest/route")],
  ] as const)("is kept from %s", async (_name, bytes, load) => {
    const { POST } = await load();
    const { request } = sent(["x"], { "content-length": String(bytes) });
    const answer = await POST(request, { params: Promise.resolve({ nextauth: ["signin", "xero"] }) });
    expect(answer?.status).toBe(413);
    expect(request.bodyUsed).toBe(false);
  });

  it("is answered with 413", () => {
    expect(tooLong().status).toBe(413);
  });
});
