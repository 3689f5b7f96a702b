import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { expectAgreement, openCompany } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { openSource } from "./source-books";

/** What somebody renames in Xero's settings after the set-up was confirmed. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
  await world.owner.syncOnce(access);
});
afterAll(() => world.stop());

const modelSchema = z.object({
  invoice: z.object({
    customer_id: z.string(),
    line_items: z
      .array(
        z.object({
          item_id: z.string(),
          tax_id: z.string(),
          tags: z.array(
            z.object({ tag_id: z.string(), tag_option_id: z.string(), tag_option_name: z.string() }),
          ),
        }),
      )
      .min(1),
  }),
});

const categoriesSchema = z.array(
  z.object({
    TrackingCategoryID: z.string(),
    Options: z.array(z.object({ TrackingOptionID: z.string(), Name: z.string() })),
  }),
);

describe("a tracking option that was renamed in Xero", () => {
  it("takes what is mapped to it under its new name, and nothing posted before counts as changed", async () => {
    const source = await openSource(world.sandbox.origin);
    const id = await source.findId("invoices", "INV-1108");
    const { invoice } = modelSchema.parse(await source.call("GET", `/invoices/${id}`));
    const [line] = invoice.line_items;
    const [tag] = line?.tags ?? [];
    if (!line || !tag) throw new Error("the demo company tags its lines with regions");

    const ledger = await openLedger(world.sandbox.origin);
    const answered = (await ledger.call("GET", "/TrackingCategories")).json.TrackingCategories;
    const options = categoriesSchema
      .parse(answered)
      .flatMap(({ TrackingCategoryID, Options }) =>
        Options.map((one) => ({ ...one, categoryId: TrackingCategoryID })),
      );
    const option = options.find(({ Name }) => Name === tag.tag_option_name);
    const address = `/TrackingCategories/${option?.categoryId}/Options/${option?.TrackingOptionID}`;
    const renamed = await ledger.call("POST", address, { body: { Name: "Renamed by the accountant" } });
    expect(renamed.status).toBe(200);

    const { item_id, tax_id } = line;
    const tags = [{ tag_id: tag.tag_id, tag_option_id: tag.tag_option_id }];
    await source.call("POST", "/invoices?send=true&ignore_auto_number_generation=true", {
      customer_id: invoice.customer_id,
      invoice_number: "INV-5101",
      date: "2026-11-03",
      line_items: [{ item_id, tax_id, tags, rate: 25, quantity: 2 }],
    });
    await world.owner.syncOnce(access);
    const posted = (await listAll(ledger, "Invoices")).find((one) => one.InvoiceNumber === "INV-5101");
    const { Tracking } = posted?.LineItems?.[0] ?? {};
    expect(Tracking).toEqual([expect.objectContaining({ Option: "Renamed by the accountant" })]);
    await expectAgreement(access);
  });
});
