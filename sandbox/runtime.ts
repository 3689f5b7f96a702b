/**
 * The services of one sandbox and what steers them: time, limit speed, switches, faults, call log, seeds. It
 * knows nothing of HTTP. Services are made anew by a reset, so nobody may keep one; ask for it by prefix.
 */
import { z } from "zod";
import { randomIds } from "@/lib/kernel/ids";
import { createAlertService } from "@/sandbox/alerts/service";
import { restoreCompany } from "@/sandbox/seed/big/derive-company";
import { isSeeded, seedSandbox } from "@/sandbox/seed/seed";
import { typeIn, typeInOrder } from "@/sandbox/seed/type-in";
import { seedXeroOrganisations } from "@/sandbox/seed/xero-organisation";
import { createStripeService, STRIPE_API_SEGMENT } from "@/sandbox/stripe/service";
import { STRIPE_SWITCHES } from "@/sandbox/stripe/switches";
import { createTimesolvService, type TimesolvService } from "@/sandbox/timesolv/service";
import { TIMESOLV_SWITCHES } from "@/sandbox/timesolv/switches";
import { createTimsService } from "@/sandbox/tims/service";
import { TIMS_SWITCHES } from "@/sandbox/tims/switches";
import { createXeroService, type XeroService } from "@/sandbox/xero/service";
import { XERO_SWITCHES } from "@/sandbox/xero/switches";
import { createZohoService } from "@/sandbox/zoho/service";
import { ZOHO_SWITCHES } from "@/sandbox/zoho/switches";
import { STRIPE_SECRET_KEY, XERO_WEBHOOK_KEY } from "./addresses";
import { type CallLog, createCallLog } from "./kit/call-log";
import { outsideScope } from "./kit/call-scope";
import type { SeedOrder } from "./kit/control";
import type { Deliveries } from "./kit/deliveries";
import { createFaults, type Faults } from "./kit/faults";
import type { ResettableStore } from "./kit/store";
import { createSwitches } from "./kit/switches";
import type {
  ClockSetting,
  Collection,
  SandboxClock,
  SandboxContext,
  SandboxRequest,
  SandboxResponse,
  SandboxService,
} from "./kit/types";
import { type Outgoing, openOutgoing } from "./outgoing";
import type { Mails } from "./smtp/mails";
import { createSmtpService } from "./smtp/service";

export interface Runtime {
  readonly callLog: CallLog;
  readonly faults: Faults;
  readonly clock: SandboxClock;
  readonly switches: ReturnType<typeof createSwitches>;
  context(): SandboxContext;
  service(prefix: string): SandboxService | undefined;
  /** Names of the limits of a service; null when there is no such service. */
  limitsOf(service: string): readonly string[] | null;
  prefixes(): readonly string[];
  limitSpeed(): number;
  setLimitSpeed(speed: number): void;
  /** The instant of sandbox time until which reads may miss writes; told a later one, it keeps that. */
  staleUntil(instantMs?: number): number;
  /** Keeps sandbox time, so that a restart goes on from it. */
  keepClock(): void;
  isSeeded(): boolean;
  seed(order: SeedOrder): Promise<object>;
  ageTokens(service: string, minutes: number): void;
  disconnect(service: string, tenantId: string): number;
  /** See kit/control.ts. */
  typeIn(order: unknown): object;
  /** See kit/control.ts. */
  outgoingControl(request: SandboxRequest): Promise<SandboxResponse | null>;
  /** What the sandbox sends by itself; a reset makes new ones. */
  deliveries(): Deliveries;
  reset(): Promise<void>;
}

interface Services {
  readonly context: SandboxContext;
  readonly byPrefix: ReadonlyMap<string, SandboxService>;
  readonly xero: XeroService;
  readonly timesolv: TimesolvService;
  readonly outgoing: Outgoing;
}

const MINUTE_MS = 60_000;

/** Everything of a sandbox but its server, over a store that stays the caller's to close. */
export function createRuntime(parts: {
  origin: string;
  store: ResettableStore;
  clock: SandboxClock;
  limitSpeed: number;
  /** What the SMTP sink has caught, where there is one. */
  mails?: Mails | null;
}): Runtime {
  const { store, clock, mails = null } = parts;
  const switches = createSwitches({
    ...XERO_SWITCHES,
    ...ZOHO_SWITCHES,
    ...TIMESOLV_SWITCHES,
    ...TIMS_SWITCHES,
    ...STRIPE_SWITCHES,
  });
  const callLog = createCallLog();
  const faults = createFaults();
  let { limitSpeed } = parts;
  let zohoTokenAgeMs = 0;
  let timesolvTokenAgeMs = 0;
  let timsTokenAgeMs = 0;
  let staleUntilMs = Number.NEGATIVE_INFINITY;

  let kept: Collection<ClockSetting, null> | null = null;
  function openServices(): Services {
    const context: SandboxContext = {
      clock,
      store: store.untilReset(),
      switches,
      origin: parts.origin,
      limitSpeed: () => limitSpeed,
      newId: () => randomIds.next(),
    };
    kept = context.store.collection<ClockSetting, null>("kit.clock", () => null);
    const setting = kept.get("setting");
    if (setting !== undefined) clock.restore(setting);
    seedXeroOrganisations(context);
    const xero = createXeroService(context);
    const zoho = createZohoService(context, {
      machineNow: () => outsideScope(() => clock.now().getTime()) + zohoTokenAgeMs,
    });
    const timesolv = createTimesolvService(context, {
      machineNow: () => outsideScope(() => clock.now().getTime()) + timesolvTokenAgeMs,
    });
    const tims = createTimsService(context, {
      machineNow: () => outsideScope(() => clock.now().getTime()) + timsTokenAgeMs,
    });
    restoreCompany(context);
    const stripe = createStripeService(context, { key: STRIPE_SECRET_KEY });
    const alerts = createAlertService(clock);
    const outgoing = openOutgoing(context, { xero: XERO_WEBHOOK_KEY });
    return {
      context,
      xero,
      timesolv,
      outgoing,
      byPrefix: new Map(
        [
          xero,
          zoho,
          tims,
          timesolv,
          stripe.pages,
          alerts,
          ...(mails === null ? [] : [createSmtpService(mails)]),
        ]
          .map((service): [string, SandboxService] => [service.prefix, service])
          .concat([[STRIPE_API_SEGMENT, stripe.api]]),
      ),
    };
  }
  let services = openServices();

  return {
    callLog,
    faults,
    clock,
    switches,
    context: () => services.context,
    service: (prefix) => services.byPrefix.get(prefix),
    limitsOf(service) {
      const found = services.byPrefix.get(service);
      return found === undefined ? null : (found.faults?.limits ?? []);
    },
    prefixes: () => [...new Set([...services.byPrefix.values()].map(({ prefix }) => prefix))],
    limitSpeed: () => limitSpeed,
    setLimitSpeed(speed) {
      limitSpeed = speed;
    },
    staleUntil(instantMs = staleUntilMs) {
      staleUntilMs = Math.max(staleUntilMs, instantMs);
      return staleUntilMs;
    },
    keepClock() {
      if (clock.setting === null) kept?.delete("setting");
      else kept?.put("setting", clock.setting);
    },
    isSeeded: () => isSeeded(services.context),
    async seed(order) {
      const report = await seedSandbox(services.context, order);
      await store.flush();
      return report;
    },
    disconnect(service, tenantId) {
      if (service === "timesolv") return services.timesolv.disconnect(tenantId);
      return service === "xero" ? services.xero.disconnect(tenantId) : 0;
    },
    ageTokens(service, minutes) {
      if (service === "xero") services.xero.ageTokens(minutes);
      else if (service === "timesolv") timesolvTokenAgeMs += minutes * MINUTE_MS;
      else if (service === "tims") timsTokenAgeMs += minutes * MINUTE_MS;
      else zohoTokenAgeMs += minutes * MINUTE_MS;
    },
    typeIn(order) {
      const parsed = typeInOrder.safeParse(order);
      return parsed.success
        ? typeIn(services.context, parsed.data)
        : { error: z.prettifyError(parsed.error) };
    },
    outgoingControl: (request) => services.outgoing.control(request),
    deliveries: () => services.outgoing.deliveries,
    async reset() {
      await services.outgoing.deliveries.stop();
      mails?.clear();
      store.reset();
      callLog.reset();
      faults.clear();
      switches.reset();
      clock.set(null);
      staleUntilMs = Number.NEGATIVE_INFINITY;
      limitSpeed = parts.limitSpeed;
      zohoTokenAgeMs = 0;
      timesolvTokenAgeMs = 0;
      timsTokenAgeMs = 0;
      services = openServices();
      await store.flush();
    },
  };
}
