import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { STRIPE_WEBHOOK_SECRET } from "@/sandbox/addresses";
import { newestFirst, openStripeBooks, type StripeBooks } from "@/sandbox/stripe/books";
import { passDays, setCard, setEndpoint } from "@/sandbox/stripe/control";
import { press } from "@/sandbox/stripe/testing";
import type { ProductWorld } from "../setup/product-world";
import { waitUntil } from "./company";

/** The sandbox's Stripe with the product's plan in it, its events coming to the product's own route over HTTP. */
export interface StripeAccount {
  readonly books: StripeBooks;
  /** Address of the webhook route. */
  readonly url: string;
  /** Pays for the plan on the hosted page; resolves once the product has followed every event. */
  subscribe(access: WorkspaceAccess, pairs?: number): Promise<void>;
  /** Lets days pass for the newest customer. */
  pass(days: number): Promise<void>;
  setCard(conduct: "pays" | "isDeclined"): void;
  /** Resolves once no event is on its way and none is left to follow. */
  followed(access: WorkspaceAccess): Promise<void>;
  stop(): Promise<void>;
}

export async function openStripeAccount(world: ProductWorld): Promise<StripeAccount> {
  const { POST } = await import("@/app/api/webhooks/stripe/route");
  const { makePlan } = await import("@/lib/operations/billing/make-plan");
  const { getRuntime } = await import("@/lib/operations/runtime");
  const server = createServer(async (incoming, outgoing) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
    const body = await buffer(incoming);
    const answer = await POST(new Request("http://localhost/", { method: "POST", headers, body }));
    outgoing.writeHead(answer.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const url = `http://localhost:${port}/api/webhooks/stripe`;
  const books = openStripeBooks(world.sandbox.context);
  setEndpoint({ books, defaultSecret: STRIPE_WEBHOOK_SECRET }, { url });
  await makePlan();
  const followed = async (access: WorkspaceAccess): Promise<void> => {
    await world.sandbox.deliveries().settled();
    const { database } = await getRuntime();
    await waitUntil(async () => {
      const open = await database.withWorkspace(access.workspaceId, (tx) =>
        tx.stripeEvent.count({ where: { appliedAt: null } }),
      );
      return open === 0;
    });
  };
  const newest = (): string => newestFirst(books.customers)[0]?.id ?? "";
  return {
    books,
    url,
    async subscribe(access, pairs = 1) {
      const { startCheckout } = await import("@/lib/operations/billing/start-checkout");
      const started = await startCheckout(access, { pairs });
      if (!started.ok) throw new Error(started.error.message);
      await press(started.value.url, { button: "pay" });
      await followed(access);
    },
    async pass(days) {
      passDays(books, newest(), days);
    },
    setCard: (conduct) => setCard(books, newest(), conduct),
    followed,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
