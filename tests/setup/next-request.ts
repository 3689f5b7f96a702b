import "next/dist/server/node-environment-baseline";
import type { WorkStore } from "next/dist/server/app-render/work-async-storage.external";
import { NextRequest } from "next/server";

/**
 * Runs a page, an action or a route as Next.js does for one request: what the product reads by cookies() and headers() is
 * of that request. So the product's own exports are called, with no web server and with nothing of ours replaced.
 */
export async function insideRequest<T>(
  request: Request,
  work: (request: NextRequest) => T | Promise<T>,
): Promise<T> {
  const [{ workAsyncStorage }, { workUnitAsyncStorage }, { createRequestStoreForAPI }] = await Promise.all([
    import("next/dist/server/app-render/work-async-storage.external"),
    import("next/dist/server/app-render/work-unit-async-storage.external"),
    import("next/dist/server/async-storage/request-store"),
  ]);
  const nextRequest = new NextRequest(request);
  const { pathname, search } = nextRequest.nextUrl;
  const tags = { tags: [], expirationsByCacheKind: new Map() };
  const store = createRequestStoreForAPI(
    nextRequest,
    { pathname, search },
    tags,
    undefined,
    undefined,
    undefined,
  );
  const workStore = { route: pathname, page: pathname, forceStatic: false } as unknown as WorkStore;
  return workAsyncStorage.run(workStore, () =>
    workUnitAsyncStorage.run(store, async () => work(nextRequest)),
  );
}
