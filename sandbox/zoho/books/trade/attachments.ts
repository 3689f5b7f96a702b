/**
 * Files on a document: added as a multipart body, given back as they came, newest first. Types and the size
 * are those of Zoho's description of the attachment calls.
 */
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, refuseMissing, succeedWriting } from "../answers";
import type { Books } from "../open-books";
import { type Part, readParts } from "./multipart";
import type { StoredAttachment } from "./records";
import { refuseBy } from "./refusals";

type Handle = (call: BooksCall) => SandboxResponse;

export interface AttachedKind {
  readonly label: string;
  readonly find: (books: Books, id: string) => unknown;
  /** Names of the part that holds the file. */
  readonly partNames: readonly string[];
  readonly addedStatus: number;
  /** Invoices, credit notes and bills take images and PDF files alone. */
  readonly imagesOnly?: boolean;
  readonly messages: { readonly added: string; readonly deleted: string; readonly updated: string };
  /** The answer to an addition besides its message. */
  readonly added?: (file: StoredAttachment) => object;
}

const IMAGES_AND_PDF: readonly string[] = ["gif", "png", "jpeg", "jpg", "bmp", "pdf"];
const OFFICE_FILES: readonly string[] = ["xls", "xlsx", "doc", "docx", "csv", "txt"];
const BYTES_MAX = 10 * 1024 * 1024;

/** The calls for the files of one kind of document. */
export function createAttachmentCalls(
  kind: AttachedKind,
): Readonly<Record<"get" | "add" | "update" | "remove", Handle>> {
  const missing = ({ books, context, ids }: BooksCall): SandboxResponse | null =>
    kind.find(books, ids[0] ?? "") === undefined ? refuseMissing(context, kind.label) : null;
  return {
    get(call) {
      const refused = missing(call);
      if (refused !== null) return refused;
      const file = call.books.attachments.get(call.ids[0] ?? "")?.at(-1);
      if (file === undefined) return refuseMissing(call.context, "Attachment");
      return {
        status: 200,
        headers: {
          "content-type": file.type,
          "content-disposition": `attachment; filename="${encodeURIComponent(file.name)}"`,
        },
        body: Buffer.from(file.base64, "base64"),
      };
    },
    add(call) {
      const refused = missing(call);
      if (refused !== null) return refused;
      const part = readParts(call.request.headers["content-type"] ?? "", call.request.body).find(({ name }) =>
        kind.partNames.includes(name),
      );
      if (part === undefined || part.fileName === null || part.fileName === "")
        return refuseBy("attachmentMissing");
      return addFile(kind, call, part, part.fileName);
    },
    update: (call) => missing(call) ?? succeedWriting({}, kind.messages.updated),
    remove(call) {
      const refused = missing(call);
      if (refused !== null) return refused;
      const [id = ""] = call.ids;
      const files = call.books.attachments.get(id) ?? [];
      if (files.length === 0) return refuseMissing(call.context, "Attachment");
      if (files.length === 1) call.books.attachments.delete(id);
      else call.books.attachments.put(id, files.slice(0, -1));
      return succeedWriting({}, kind.messages.deleted);
    },
  };
}

function addFile(kind: AttachedKind, call: BooksCall, part: Part, name: string): SandboxResponse {
  const extension = name.split(".").at(-1)?.toLowerCase() ?? "";
  const isTaken =
    IMAGES_AND_PDF.includes(extension) || (kind.imagesOnly !== true && OFFICE_FILES.includes(extension));
  if (!isTaken) return refuseBy("attachmentType");
  if (part.content.length > BYTES_MAX) return refuseBy("attachmentTooLarge");
  const [id = ""] = call.ids;
  const file: StoredAttachment = {
    id: call.books.nextId(),
    name,
    type: part.type,
    base64: part.content.toString("base64"),
  };
  call.books.attachments.put(id, [...(call.books.attachments.get(id) ?? []), file]);
  return succeedWriting(kind.added?.(file) ?? {}, kind.messages.added, kind.addedStatus);
}
