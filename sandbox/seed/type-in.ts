/**
 * What a person does in the screens of the simulated TIMS and TimeSolv, which have no pages of their own, as
 * /control/type-in takes it. It goes past the API, since neither is known to take these writes from an app.
 */
import { z } from "zod";
import type { SandboxContext } from "@/sandbox/kit/types";
import { type TimsDesk, timsDesk } from "@/sandbox/tims/type-in";
import { timesolvSeed } from "./timesolv-firm";

const date = z.iso.date();
const amount = z.string().regex(/^\d+(\.\d{1,2})?$/);

export const typeInOrder = z.discriminatedUnion("act", [
  /** An order leaves the house whole, and TIMS invoices it: with its own total unless another is typed. */
  z.object({
    act: z.literal("tims.ship"),
    ...{ orderNumber: z.string(), invoiceNumber: z.string(), date, total: amount.optional() },
  }),
  /** What was invoiced of an order is put right. */
  z.object({ act: z.literal("tims.correct-invoice"), invoiceNumber: z.string(), total: amount }),
  /** A customer's money on one invoice. */
  z.object({
    act: z.literal("tims.receive"),
    ...{ invoiceNumber: z.string(), paymentNumber: z.string(), date, amount, bankAccountCode: z.string() },
  }),
  /** A client gets another name. */
  z.object({ act: z.literal("timesolv.rename-client"), name: z.string(), newName: z.string().min(1) }),
]);
export type TypeInOrder = z.infer<typeof typeInOrder>;

/** Does it; answers the id of the record that was written, or what is not there. */
export function typeIn(context: SandboxContext, order: TypeInOrder): { id: string } | { error: string } {
  if (order.act === "timesolv.rename-client") return renameClient(context, order.name, order.newName);
  const desk = timsDesk(context);
  const isOrder = order.act === "tims.ship";
  const [table, field] = isOrder
    ? (["salesOrders", "orderNumber"] as const)
    : (["invoices", "invoiceNumber"] as const);
  const number = isOrder ? order.orderNumber : order.invoiceNumber;
  const id = [...desk.books.table(table).heads()]
    .map(([one]) => one)
    .find((one) => desk.books.table(table).get(one)?.[field] === number);
  if (id === undefined) return { error: `TIMS has no ${field} ${number}` };
  if (order.act === "tims.ship") return ship(desk, id, order);
  const invoice = desk.books.table("invoices").get(id);
  if (order.act === "tims.receive") {
    const { paymentNumber, bankAccountCode } = order;
    const partyId = String(invoice?.customerId);
    const applied = [[id, order.amount]] as const;
    const money = {
      paymentNumber,
      bankAccountCode,
      partyId,
      date: order.date,
      amount: order.amount,
      applied,
    };
    return { id: desk.receive(money) };
  }
  const total = Number(order.total);
  desk.change("invoices", id, { total, balance: total });
  const orderId = String(invoice?.salesOrderId);
  const invoices = [{ invoiceId: id, invoiceNumber: order.invoiceNumber, total }];
  if (desk.books.table("salesOrders").get(orderId)) desk.change("salesOrders", orderId, { invoices });
  return { id };
}

function ship(
  desk: TimsDesk,
  id: string,
  { date: shippedDate, invoiceNumber, total }: Extract<TypeInOrder, { act: "tims.ship" }>,
): { id: string } {
  const lines = desk.books.table("salesOrders").get(id)?.lines;
  desk.change("salesOrders", id, {
    ...{ status: "Shipped", shippedDate },
    lines: Array.isArray(lines) ? lines.map((line) => ({ ...line, shippedQuantity: line.quantity })) : [],
  });
  desk.invoiceOrder(id, invoiceNumber, total === undefined ? {} : { total: Number(total) });
  return { id };
}

function renameClient(context: SandboxContext, name: string, newName: string) {
  const timesolv = timesolvSeed(context);
  const id = timesolv
    .ids("client")
    .find((one) => timesolv.records.rows("client").get(one)?.fields.ClientName === name);
  if (id === undefined) return { error: `TimeSolv has no client called ${name}` };
  timesolv.change("client", id, { ClientName: newName });
  return { id };
}
