/** Calls that attach files to records, list them and give them back. */
import { notFound, validationException, type Wire, type XeroAnswer, XeroRefusal } from "../answer";
import { answerRecords, firstId, type XeroCall } from "../api/call";
import { queryFlag } from "../read/list";
import { type AttachmentHead, attachFile, attachmentsOf, findAttachment } from "./attachments";
import { keepHistory } from "./history";
import type { PaperKind } from "./paper-kind";

const BYTES_IN_MB = 1024 * 1024;
const APP_NAME = "Tieout Sandbox";

const MIME_TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpg",
  pdf: "application/pdf",
  png: "image/png",
  txt: "text/plain",
};

/** What clients send when nobody told them the type of the file; its name says more. */
const UNTOLD_TYPES: ReadonlySet<string> = new Set([
  "application/json",
  "application/octet-stream",
  "application/x-www-form-urlencoded",
]);

export function listAttachments(call: XeroCall, kind: PaperKind): XeroAnswer {
  const targetId = targetOf(call, kind);
  return answerRecords(call, "Attachments", presentAttachments(call, kind, targetId));
}

/** The files of a record without their content. */
export function presentAttachments(
  call: XeroCall,
  kind: Pick<PaperKind, "plural">,
  targetId: string,
): Wire[] {
  return attachmentsOf(call.books, targetId).map((head) => presentAttachment(call, kind, head));
}

export function getAttachment(call: XeroCall, kind: PaperKind): XeroAnswer {
  const attachment = findAttachment(call.books, targetOf(call, kind), call.ids[1] ?? "");
  if (attachment === undefined) throw notFound();
  return {
    status: 200,
    body: null,
    bytes: Buffer.from(attachment.contentBase64, "base64"),
    headers: { "content-type": attachment.mimeType },
  };
}

/** PUT and POST of a file's bytes. */
export function putAttachment(call: XeroCall, kind: PaperKind): XeroAnswer {
  const { books, request, context } = call;
  const targetId = targetOf(call, kind);
  const maxBytes = Number(context.switches.get("xero.attachment-max-mb")) * BYTES_IN_MB;
  if (request.body.length > maxBytes) throw tooLarge(context.newId());
  const fileName = call.ids[1] ?? "";
  const kept = attachFile(books, {
    targetId,
    fileName,
    mimeType: mimeTypeOf(call, fileName),
    content: request.body,
    includeOnline: queryFlag(request, "IncludeOnline") && isReceivable(call, kind, targetId),
  });
  if (!kept.ok)
    return validationException([{ FileName: fileName, ValidationErrors: [{ Message: kept.error }] }]);
  keepHistory(books, targetId, {
    changes: "Attached a file",
    details: `Attached the file ${fileName} through the Xero API using ${APP_NAME}`,
  });
  return {
    ...answerRecords(call, "Attachments", [presentAttachment(call, kind, kept.value)]),
    elements: 1,
  };
}

function targetOf(call: XeroCall, kind: PaperKind): string {
  const id = firstId(call);
  if (kind.find(call.books, id) === undefined) throw notFound();
  return id;
}

/** Only sales invoices and sales credit notes have an online page that can show files. */
function isReceivable({ books }: XeroCall, kind: PaperKind, id: string): boolean {
  if (kind.plural === "Invoices") return books.invoices.head(id)?.type === "ACCREC";
  return kind.plural === "CreditNotes" && books.creditNotes.head(id)?.type === "ACCRECCREDIT";
}

function mimeTypeOf({ request }: XeroCall, fileName: string): string {
  const sent = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (sent !== "" && !UNTOLD_TYPES.has(sent)) return sent;
  const extension = fileName.split(".").at(-1)?.toLowerCase() ?? "";
  return MIME_TYPES[extension] ?? (sent || "application/octet-stream");
}

function presentAttachment(
  { context }: XeroCall,
  kind: Pick<PaperKind, "plural">,
  head: AttachmentHead,
): Wire {
  const name = encodeURIComponent(head.fileName);
  return {
    AttachmentID: head.id,
    FileName: head.fileName,
    Url: `${context.origin}/xero/api/api.xro/2.0/${kind.plural}/${head.targetId}/Attachments/${name}`,
    MimeType: head.mimeType,
    ContentLength: head.bytes,
    ...(kind.plural === "Invoices" || kind.plural === "CreditNotes"
      ? { IncludeOnline: head.includeOnline }
      : {}),
  };
}

function tooLarge(instance: string): XeroRefusal {
  return new XeroRefusal({
    status: 413,
    body: {
      Title: "RequestEntityTooLarge",
      Status: 413,
      Detail: "PayloadTooLarge",
      Instance: instance,
      Extensions: {},
    },
  });
}
