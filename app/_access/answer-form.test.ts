import { describe, expect, it } from "vitest";

const ADDRESS = "http://localhost:3999/api/sign-in/mail";
const PIECE = "x".repeat(1_000);

/** A form that is sent piece by piece, as from a stranger who holds no session. */
function sent(pieces: number, headers: Record<string, string> = {}) {
  let read = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (read === pieces) return controller.close();
      read += 1;
      controller.enqueue(new TextEncoder().encode(PIECE));
    },
  });
  const request = new Request(ADDRESS, {
    method: "POST",
    headers: { "content-type": "application/json", origin: "http://localhost:3999", ...headers },
    body,
    duplex: "half",
  } as RequestInit);
  return { request, piecesRead: () => read };
}

describe.each([
  ["the address for a link", () => import("@/app/api/sign-in/mail/route")],
  ["the link", () => import("@/app/api/sign-in/link/route")],
  ["the second step", () => import("@/app/api/sign-in/second-step/route")],
] as const)("the form of %s", (_name, load) => {
  it("reads no more than 16 kB of a body that does not say how long it is", async () => {
    const { POST } = await load();
    const { request, piecesRead } = sent(10_000);
    const answer = await POST(request);
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([413, "no-store"]);
    expect(piecesRead()).toBeLessThan(20);
  });

  it("reads nothing of a body that says it is longer", async () => {
    const { POST } = await load();
    const { request } = sent(17, { "content-length": "17000" });
    expect((await POST(request)).status).toBe(413);
    expect(request.bodyUsed).toBe(false);
  });
});
