/** A simulated CRM alone, for tests of it: a token of all its scopes, and calls without a network. */
import { type Answered, startZohoAlone, type ZohoAlone } from "../testing";

export const CRM_SCOPES = [
  "ZohoCRM.modules.ALL",
  "ZohoCRM.settings.ALL",
  "ZohoCRM.users.READ",
  "ZohoCRM.org.ALL",
  "ZohoCRM.coql.READ",
  "ZohoCRM.notifications.ALL",
].join(",");

export interface CrmAlone {
  readonly zoho: ZohoAlone;
  /** A call below /crm/v8, with the query in the path. */
  call(method: string, path: string, json?: object, headers?: Record<string, string>): Promise<Answered>;
  /** Inserts records and answers their ids. */
  insert(module: string, ...records: readonly object[]): Promise<readonly string[]>;
}

export async function startCrmAlone(scope: string = CRM_SCOPES): Promise<CrmAlone> {
  const zoho = await startZohoAlone();
  const token = await zoho.connect({ scope });
  const call: CrmAlone["call"] = (method, path, json, headers = {}) => {
    const { pathname, searchParams } = new URL(path, "http://localhost");
    return zoho.send(method, `/eu/api/crm/v8${pathname}`, {
      query: Object.fromEntries(searchParams),
      headers: { authorization: `Zoho-oauthtoken ${token}`, ...headers },
      ...(json === undefined ? {} : { json }),
    });
  };
  return {
    zoho,
    call,
    async insert(module, ...records) {
      const answer = await call("POST", `/${module}`, { data: records });
      return answer.rows("data").map(({ details }) => String(details?.id));
    },
  };
}
