/**
 * The receipt of an expense: sent as a multipart part with the expense or on its own, given back as it came. The
 * types are those that Zoho Expense takes; 10 MB is the most.
 */
import type { SandboxResponse } from "@/sandbox/kit/types";
import { refuse, refuseMissing, refuseValue, succeedWriting } from "../books/answers";
import { readParts } from "../books/trade/multipart";
import type { StoredReceipt } from "./records";
import type { ExpenseCall } from "./route";

const BYTES_MAX = 10 * 1024 * 1024;
const EXTENSIONS = new Set(["gif", "png", "jpeg", "jpg", "bmp", "pdf", "xls", "xlsx", "doc", "docx"]);
const PART_NAMES = new Set(["receipt", "attachment"]);

/** The receipt that a call brings; null for none. */
export function receiptIn({ request, books }: ExpenseCall): StoredReceipt | null {
  const part = readParts(request.headers["content-type"] ?? "", request.body).find(
    ({ name, fileName }) => PART_NAMES.has(name) && fileName !== null && fileName !== "",
  );
  if (part === undefined) return null;
  return {
    id: books.nextId(),
    name: part.fileName ?? "receipt",
    type: part.type,
    base64: part.content.toString("base64"),
  };
}

export function addReceipt(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  if (call.expense.claims.head(id) === undefined) return refuseMissing(call.context, "Expense");
  const receipt = receiptIn(call);
  if (receipt === null) return refuseValue("receipt");
  if (!EXTENSIONS.has(receipt.name.split(".").at(-1)?.toLowerCase() ?? ""))
    return refuse(400, 33003, "The file type is not supported.");
  if (Buffer.byteLength(receipt.base64, "base64") > BYTES_MAX)
    return refuse(400, 33004, "The file is larger than 10 MB.");
  call.expense.receipts.put(id, receipt);
  return succeedWriting(
    { documents: { document_id: receipt.id, file_name: receipt.name } },
    "The expense receipt has been attached.",
    201,
  );
}

export function getReceipt(call: ExpenseCall): SandboxResponse {
  const receipt = call.expense.receipts.get(call.ids[0] ?? "");
  if (receipt === undefined) return refuseMissing(call.context, "Receipt");
  return {
    status: 200,
    headers: {
      "content-type": receipt.type,
      "content-disposition": `attachment; filename="${encodeURIComponent(receipt.name)}"`,
    },
    body: Buffer.from(receipt.base64, "base64"),
  };
}

export function deleteReceipt(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  if (call.expense.receipts.head(id) === undefined) return refuseMissing(call.context, "Receipt");
  call.expense.receipts.delete(id);
  return succeedWriting({}, "The attached expense receipt has been deleted.");
}
