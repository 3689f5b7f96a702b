
import { connectXero, anInvoice } from "@/sandbox/xero/test-client";
const sb = { origin: process.argv[2]!, stop: async () => {} };
const x = await connectXero(sb.origin);
const t0 = Date.now();
const contacts: string[] = [];
for (let i = 0; i < 4000; i += 50) {
  const made = await x.create("Contacts", ...Array.from({ length: 50 }, (_, k) => ({ Name: `Customer ${i + k}`, ContactNumber: `C${i + k}` })));
  for (const c of made) contacts.push(c.ContactID);
}
console.log("contacts", Date.now() - t0);
const t1 = Date.now(); const cpu = process.cpuUsage();
const N = 10000;
for (let i = 0; i < N; i += 50) {
  const Invoices = Array.from({ length: 50 }, (_, k) => anInvoice(contacts[(i + k) % contacts.length]!, {
    InvoiceNumber: `I-${i + k}`, Url: `https://x.test/${i + k}`,
    LineItems: Array.from({ length: 25 }, (_, l) => ({ Description: `WHITE HANGING HEART T-LIGHT HOLDER ${l * 7919 % 997}`, Quantity: (l % 12) + 1, UnitAmount: Number((1.2345+l).toFixed(4)), AccountCode: "200", TaxType: "OUTPUT2" })),
  }));
  const r = await x.call("PUT", "/Invoices", { body: { Invoices }, query: { summarizeErrors: "false", unitdp: "4" }, headers: { "idempotency-key": `k${i}` } });
  if (r.status !== 200) throw new Error(r.text.slice(0, 300));
  if (i % 2500 === 0) console.log(i, Date.now() - t1);
}
const used = process.cpuUsage(cpu);
console.log("invoices", Date.now() - t1, "cpu", (used.user + used.system) / 1000, "rss", process.memoryUsage().rss / 1e6);
const t3 = Date.now();
for (let i = 0; i < N; i += 50) {
  const l = (await x.call("GET", "/Invoices", { query: { page: String(i / 50 + 1), pageSize: "50", summaryOnly: "true" } })).json.Invoices;
  const r = await x.call("PUT", "/Payments", { body: { Payments: l.map((v: any) => ({ Invoice: { InvoiceID: v.InvoiceID }, Account: { Code: "090" }, Date: "2026-06-01", Amount: v.AmountDue })) }, query: { summarizeErrors: "false" } });
  if (i > 5000) break;
}
console.log("5000 payments+lists", Date.now() - t3);
const t2 = Date.now();
let n = 0, bytes = 0;
for (let p = 1; ; p++) { const r = await x.call("GET", "/Invoices", { query: { page: String(p), pageSize: "1000" } }); bytes += r.text.length; if (r.json.Invoices.length === 0) break; n += r.json.Invoices.length; }
console.log("read", n, Date.now() - t2, "ms", bytes / 1e6, "MB", "rss", process.memoryUsage().rss / 1e6);
(globalThis as any).gc?.();
console.log(process.memoryUsage());
await sb.stop();
