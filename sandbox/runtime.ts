/**
 * The services of one sandbox and what steers them: time, limit speed, switches, faults, call log, seeds. It
 * knows nothing of HTTP. Services are made anew by a reset, so nobody may keep one; ask for it by prefix.
 */
import { randomIds } from "@/lib/kernel/ids";
import { seedSandbox } from "@/sandbox/seed/seed";
import { seedXeroOrganisations } from "@/sandbox/seed/xero-organisation";
import { createXeroService, type XeroService } from "@/sandbox/xero/service";
import { XERO_SWITCHES } from "@/sandbox/xero/switches";
import { createZohoService } from "@/sandbox/zoho/service";
import { ZOHO_SWITCHES } from "@/sandbox/zoho/switches";
import { type CallLog, createCallLog } from "./kit/call-log";
import type { SeedOrder } from "./kit/control";
import { createFaults, type Faults } from "./kit/faults";
import type { ResettableStore } from "./kit/store";
import { createSwitches } from "./kit/switches";
import type { SandboxClock, SandboxContext, SandboxService } from "./kit/types";

export interface Runtime {
  readonly callLog: CallLog;
  readonly faults: Faults;
  readonly clock: SandboxClock;
  readonly switches: ReturnType<typeof createSwitches>;
  context(): SandboxContext;
  service(prefix: string): SandboxService | undefined;
  prefixes(): readonly string[];
  limitSpeed(): number;
  setLimitSpeed(speed: number): void;
  seed(order: SeedOrder): Promise<object>;
  ageTokens(service: string, minutes: number): void;
  reset(): Promise<void>;
}

interface Services {
  readonly context: SandboxContext;
  readonly byPrefix: ReadonlyMap<string, SandboxService>;
  readonly xero: XeroService;
}

const MINUTE_MS = 60_000;

/** Everything of a sandbox but its server, over a store that stays the caller's to close. */
export function createRuntime(parts: {
  origin: string;
  store: ResettableStore;
  clock: SandboxClock;
  limitSpeed: number;
}): Runtime {
  const { store, clock } = parts;
  const switches = createSwitches({ ...XERO_SWITCHES, ...ZOHO_SWITCHES });
  const callLog = createCallLog();
  const faults = createFaults();
  let { limitSpeed } = parts;
  let zohoTokenAgeMs = 0;

  function openServices(): Services {
    const context: SandboxContext = {
      clock,
      store,
      switches,
      origin: parts.origin,
      limitSpeed: () => limitSpeed,
      newId: () => randomIds.next(),
    };
    seedXeroOrganisations(context);
    const xero = createXeroService(context);
    const zoho = createZohoService(context, { machineNow: () => Date.now() + zohoTokenAgeMs });
    return { context, xero, byPrefix: new Map([xero, zoho].map((service) => [service.prefix, service])) };
  }
  let services = openServices();

  return {
    callLog,
    faults,
    clock,
    switches,
    context: () => services.context,
    service: (prefix) => services.byPrefix.get(prefix),
    prefixes: () => [...services.byPrefix.keys()],
    limitSpeed: () => limitSpeed,
    setLimitSpeed(speed) {
      limitSpeed = speed;
    },
    async seed(order) {
      const report = await seedSandbox(services.context, order);
      await store.flush();
      return report;
    },
    ageTokens(service, minutes) {
      if (service === "xero") services.xero.ageTokens(minutes);
      else zohoTokenAgeMs += minutes * MINUTE_MS;
    },
    async reset() {
      store.reset();
      callLog.reset();
      faults.clear();
      switches.reset();
      clock.set(null);
      limitSpeed = parts.limitSpeed;
      zohoTokenAgeMs = 0;
      services = openServices();
      await store.flush();
    },
  };
}
