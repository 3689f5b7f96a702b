/** What tests of purchases, orders and journals have in common: a Zoho with a vendor, an item and short calls. */
import { invariant } from "@/lib/kernel/invariant";
import { STANDARD_RATE } from "@/sandbox/seed/zoho-reference-data";
import { type Answered, type LooseJson, startZohoAlone, type ZohoAlone } from "../../testing";

export interface TradeWorld {
  readonly zoho: ZohoAlone;
  readonly vendorId: string;
  readonly customerId: string;
  readonly itemId: string;
  readonly taxId: string;
  readonly expenseAccountId: string;
  readonly bankId: string;
  post(path: string, json?: object, query?: Record<string, string>): Promise<Answered>;
  put(path: string, json: object): Promise<Answered>;
  get(path: string, query?: Record<string, string>): Promise<Answered>;
  remove(path: string, query?: Record<string, string>): Promise<Answered>;
  /** The record under a name of a call that made it. */
  create(path: string, name: string, json: object): Promise<LooseJson>;
  bill(change?: object): Promise<string>;
}

/** Starts it; the clock stands at 2026-11-21. */
export async function startTrade(): Promise<TradeWorld> {
  const zoho = await startZohoAlone({ currencies: ["EUR", "JPY"] });
  const vendorId = zoho.seed.addContact({ name: "Potter & Sons", type: "vendor" });
  const itemId = zoho.seed.addItem({ name: "Tea towel", rate: "4.25", sku: "TT1" });
  const taxId = zoho.seed.taxId(STANDARD_RATE);
  const expenseAccountId = zoho.seed.accountId("Samples");
  const world: TradeWorld = {
    zoho,
    vendorId,
    itemId,
    taxId,
    expenseAccountId,
    customerId: zoho.seed.addContact({ name: "Harbour Lights Ltd" }),
    bankId: zoho.seed.accountId("Business Bank Account"),
    post: (path, json = {}, query = {}) => zoho.call("POST", path, { json, query }),
    put: (path, json) => zoho.call("PUT", path, { json }),
    get: (path, query = {}) => zoho.call("GET", path, { query }),
    remove: (path, query = {}) => zoho.call("DELETE", path, { query }),
    async create(path, name, json) {
      const answer = await world.post(path, json);
      invariant(answer.status === 201, `POST ${path} answered ${answer.text}`);
      return answer.json[name] ?? {};
    },
    async bill(change = {}) {
      const bill = await world.create("/bills", "bill", {
        vendor_id: vendorId,
        bill_number: "B-1",
        date: "2026-11-01",
        due_date: "2026-12-01",
        line_items: [{ account_id: expenseAccountId, rate: 100, quantity: 1, tax_id: taxId }],
        ...change,
      });
      return String(bill.bill_id);
    },
  };
  return world;
}
