import { beforeAll, describe, expect, it } from "vitest";
import { invariant } from "@/lib/kernel/invariant";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { INVENTORY_ROUTES } from "@/sandbox/zoho/inventory/routes";
import { type Answered, startZohoAlone } from "@/sandbox/zoho/testing";
import { type Recording, recordExchanges } from "./recorded";
import { hasReference } from "./reference";

const MODULES = ["items", "contacts", "salesorders", "purchaseorders", "packages", "shipmentorders"];
const SCOPE = [...MODULES, "purchasereceives", "inventoryadjustments", "invoices", "settings"]
  .map((module) => `ZohoInventory.${module}.ALL`)
  .join(",");

type Call = (
  method: string,
  path: string,
  json?: object,
  query?: Record<string, string>,
) => Promise<Answered>;

/** Goods are bought, received, ordered, packed and shipped, and every list and record is read. */
describe.runIf(hasReference("Zoho Inventory's answers against its descriptions"))("Zoho Inventory", () => {
  let recording: Recording;

  beforeAll(async () => {
    const zoho = await startZohoAlone();
    const token = await zoho.connect({ scope: SCOPE });
    const call: Call = (method, path, json, query = {}) =>
      zoho.send(method, `/eu/api/inventory/v1${path}`, {
        query: { organization_id: ZOHO_ORGANIZATION_ID, ...query },
        headers: { authorization: `Zoho-oauthtoken ${token}` },
        ...(json === undefined ? {} : { json }),
      });
    const vendorId = zoho.seed.addContact({ name: "Potter & Sons", type: "vendor" });
    const customerId = zoho.seed.addContact({ name: "Penrose Home" });
    recording = recordExchanges("zoho");
    const made = await tradeGoods(call, vendorId, customerId);
    for (const { method, operation } of INVENTORY_ROUTES) {
      const [resource = "", rest] = operation.split("/{id}");
      const id = made.get(resource) ?? "";
      if (method !== "GET" || (rest !== undefined && (id === "" || rest.includes("{id}")))) continue;
      await call("GET", operation.replace("{id}", id));
    }
    recording.stop();
  });

  it("answers what Zoho describes", () => {
    expect(recording.answerProblems()).toEqual({});
  });

  it("is asked at more than fifteen operations", () => {
    expect(recording.operations().length).toBeGreaterThan(15);
  });
});

async function tradeGoods(call: Call, vendorId: string, customerId: string): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  const make = async (path: string, member: string, json: object, query?: Record<string, string>) => {
    const answer = await call("POST", path, json, query);
    invariant(answer.status < 300, `POST ${path} answered ${answer.text.slice(0, 300)}`);
    const id = String(answer.json[member]?.[`${member}_id`]);
    made.set(path, id);
    return id;
  };
  const stock = { item_type: "inventory", purchase_rate: 12, initial_stock: 10, initial_stock_rate: 11.5 };
  const itemId = await make("/items", "item", { name: "Tide clock", sku: "TW-122", rate: 27.33, ...stock });
  const line = { item_id: itemId, quantity: 2, rate: 27.33 };
  await make("/inventoryadjustments", "inventory_adjustment", {
    date: "2026-11-20",
    reason: "Stock count",
    adjustment_type: "quantity",
    line_items: [{ item_id: itemId, quantity_adjusted: -4 }],
  });
  await make("/purchaseorders", "purchaseorder", {
    vendor_id: vendorId,
    date: "2026-11-19",
    line_items: [line],
  });
  await make("/salesorders", "salesorder", {
    customer_id: customerId,
    date: "2026-11-20",
    line_items: [line],
  });
  return made;
}
