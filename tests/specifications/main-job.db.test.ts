import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCompany } from "@/tests/main-job/company";
import { type ProductWorld, startProductWorld } from "@/tests/setup/product-world";
import { type Recording, recordExchanges } from "./recorded";
import { hasReference } from "./reference";

/** Everything that the product says to Xero and Zoho Books while it connects, previews and posts the demo company. */
describe.runIf(hasReference("the main job's calls against the official descriptions"))(
  "with the official descriptions",
  () => {
    describe("the main job on the demo company", () => {
      let world: ProductWorld;
      let recording: Recording;

      beforeAll(async () => {
        world = await startProductWorld();
        recording = recordExchanges();
        const access = await openCompany(world);
        await world.owner.syncOnce(access);
        recording.stop();
      });
      afterAll(() => world.stop());

      it("writes to Xero, in calls that Xero describes", () => {
        expect(recording.operations()).toEqual(
          expect.arrayContaining(["createContacts", "createInvoices", "createPayments", "list_invoices"]),
        );
        expect(recording.requestProblems()).toEqual({});
      });

      it("is answered as both describe", () => {
        expect(recording.answerProblems()).toEqual({});
      });
    });
  },
);
