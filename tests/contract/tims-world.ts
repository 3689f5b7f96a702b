import type {
  ConnectorSession,
  FormConnectorDefinition,
  TokenSet,
} from "@/lib/connectors/contract/connector";
import { createTimsConnector } from "@/lib/connectors/tims";
import type { ConnectionValues } from "@/lib/domain/connection-field";
import { systemClock } from "@/lib/kernel/clock";
import { invariant } from "@/lib/kernel/invariant";
import { seedTimsBasics } from "@/sandbox/seed/tims-company";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { openTimsBooks } from "@/sandbox/tims/open-books";
import { createTokens, TIMS_CLIENT } from "@/sandbox/tims/tokens";
import { TIMS_COMPANY_ID, type TimsDesk, timsDesk } from "@/sandbox/tims/type-in";
import type { ContractFault, ContractWorld } from "./contract-world";
import { seedTims, timsReading } from "./tims-reading";
import { timsWriting } from "./tims-writing";

/** A sandbox with one connected TIMS company, for the contract suite and the connector's own live tests. */
export interface TimsWorld extends ContractWorld {
  readonly definition: FormConnectorDefinition;
  readonly sandbox: RunningSandbox;
  desk(): TimsDesk;
  /** What a person types. */
  values(change?: ConnectionValues): ConnectionValues;
}

const REQUEST_TIMEOUT_MS = 1000;
const LIMIT_SPEED = 1_000_000;

export async function startTimsWorld(change: ConnectionValues = {}): Promise<TimsWorld> {
  const sandbox = await startSandbox({ port: 0, limitSpeed: LIMIT_SPEED });
  const definition = createTimsConnector({
    sandboxOrigin: sandbox.origin,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
  });
  const secrets: string[] = [TIMS_CLIENT.clientSecret];
  let connection: Awaited<ReturnType<typeof definition.auth.connect>> | null = null;
  const connected = () => {
    invariant(connection !== null, "the world was reset before its first use");
    return connection;
  };
  const remember = (tokens: TokenSet): void => {
    secrets.push(tokens.accessToken, tokens.refreshToken);
  };
  const desk = (): TimsDesk => timsDesk(sandbox.context);
  const values: TimsWorld["values"] = (more = {}) => ({
    address: `${sandbox.origin}/tims`,
    ...TIMS_CLIENT,
    ...{ invoicesFrom: "orders", tokenPath: "/oauth/token", paging: "page", pageSize: "20", fieldMap: "" },
    ...change,
    ...more,
  });
  return {
    definition,
    sandbox,
    desk,
    values,
    async openSession(): Promise<ConnectorSession> {
      const { region, apiBase, settings, tokens } = connected();
      const [tenant] = await definition.auth.listTenants(tokens, connected());
      return {
        tenantId: tenant?.tenantId ?? "",
        ...{ region, apiBase, settings },
        clock: systemClock,
        async accessToken(options) {
          if (options?.force === true) {
            connection = {
              ...connected(),
              tokens: await definition.auth.refresh(connected().tokens, connected()),
            };
            remember(connection.tokens);
          }
          return connected().tokens.accessToken;
        },
        permit: async () => ({ observe: async () => undefined }),
      };
    },
    countCalls: async () =>
      sandbox.callLog.entries().filter((call) => call.service === "tims" && call.tenant === TIMS_COMPANY_ID)
        .length,
    secrets: () => secrets,
    arm: async (fault) =>
      sandbox.faults.order({
        ...{ service: "tims", tenant: TIMS_COMPANY_ID, skip: 0, times: 1 },
        effect: FAULTS[fault],
      }),
    async revokeAuthorisation() {
      createTokens(openTimsBooks(sandbox.context), () => Date.now()).revoke();
    },
    async reset() {
      await sandbox.reset();
      seedTimsBasics(desk());
      seedTims(desk());
      connection = await definition.auth.connect(values());
      remember(connection.tokens);
    },
    close: () => sandbox.stop(),
    reading: timsReading(desk),
    writing: timsWriting(desk, definition.rules),
  };
}

type Effect = Parameters<RunningSandbox["faults"]["order"]>[0]["effect"];

const status = (code: number, body: string): Effect => ({
  ...{ type: "status", status: code, body, afterHandling: false },
  headers: { "content-type": "application/json" },
});

const FAULTS: Readonly<Record<ContractFault, Effect>> = {
  rateLimited: { type: "rate-limit", problem: "minute" },
  serverError: status(500, "<html>Internal Server Error</html>"),
  silence: { type: "delay", milliseconds: 3 * REQUEST_TIMEOUT_MS, afterHandling: false },
  brokenOff: { type: "truncate", bytes: 12 },
  notJson: status(200, '{"data":[{"custo'),
  tokenRefused: { type: "expired-token" },
  lostAnswer: { type: "drop-after" },
};
