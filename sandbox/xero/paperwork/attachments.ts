/**
 * Files attached to records: ten a record, each up to 10 MB, kept byte for byte; the same name replaces. Names
 * may not hold the characters that Xero forbids (https://developer.xero.com/documentation/api/accounting/attachments).
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Books } from "../books";
import { perBooks } from "../per-books";
import type { Kept } from "../records";
import type { Table } from "../table";

export interface Attachment extends Kept {
  readonly targetId: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly includeOnline: boolean;
  readonly contentBase64: string;
}

export type AttachmentHead = Omit<Attachment, "contentBase64">;

const ATTACHMENTS_MAX = 10;
const NAME_CHARACTERS_MAX = 255;
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is one of the characters that Xero forbids
const FORBIDDEN_IN_NAME = /[<>:"/\\|?*+\u0000]/;

const attachments = perBooks<Table<Attachment, AttachmentHead, "target">>((books) =>
  books.table("attachments", attachmentHead, { target: (head: AttachmentHead) => head.targetId }),
);

function attachmentHead({ contentBase64: _content, ...head }: Attachment): AttachmentHead {
  return head;
}

/** Whether the record has any file attached. */
export function hasAttachments(books: Books, targetId: string): boolean {
  return attachments(books).by("target", targetId).size > 0;
}

export function attachmentsOf(books: Books, targetId: string): readonly AttachmentHead[] {
  const table = attachments(books);
  return [...table.by("target", targetId)].flatMap((id) => table.head(id) ?? []);
}

/** A file of the record by its id or its name; the name is compared without case. */
export function findAttachment(books: Books, targetId: string, asked: string): Attachment | undefined {
  const wanted = asked.toLowerCase();
  const heads = attachmentsOf(books, targetId);
  const found =
    heads.find(({ id }) => id === wanted) ?? heads.find(({ fileName }) => fileName.toLowerCase() === wanted);
  return found === undefined ? undefined : attachments(books).get(found.id);
}

/** Keeps a file; one of the same name is replaced. */
export function attachFile(
  books: Books,
  file: {
    targetId: string;
    fileName: string;
    mimeType: string;
    content: Buffer;
    includeOnline: boolean;
  },
): Result<Attachment, string> {
  const { targetId, fileName, content } = file;
  if (fileName === "" || FORBIDDEN_IN_NAME.test(fileName))
    return err('The file name cannot be empty or contain any of < > : " / \\ | ? * + or NUL.');
  if (fileName.length > NAME_CHARACTERS_MAX)
    return err(`The file name can be at most ${NAME_CHARACTERS_MAX} characters long.`);
  if (content.length === 0) return err("The file is empty.");
  const before = attachmentsOf(books, targetId).find(
    (head) => head.fileName.toLowerCase() === fileName.toLowerCase(),
  );
  if (before === undefined && attachments(books).by("target", targetId).size >= ATTACHMENTS_MAX)
    return err(`A maximum of ${ATTACHMENTS_MAX} files can be attached.`);
  const now = books.now();
  const attachment: Attachment = {
    id: before?.id ?? books.newId(),
    createdMs: before?.createdMs ?? now,
    updatedMs: now,
    targetId,
    fileName,
    mimeType: file.mimeType,
    bytes: content.length,
    includeOnline: file.includeOnline,
    contentBase64: content.toString("base64"),
  };
  attachments(books).put(attachment);
  return ok(attachment);
}
