/**
 * Comments on a document. Zoho lists its own history among them; the simulator shows the creation alone,
 * which it reads from the document's time stamp.
 */

import { z } from "zod";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { zonedTime } from "../../wire/formats";
import { type BooksCall, refuseMissing, refuseValue, succeed, succeedWriting } from "../answers";
import { parseInput, text } from "../input";
import type { Books } from "../open-books";
import type { StoredComment } from "./records";

type Handle = (call: BooksCall) => SandboxResponse;

export interface CommentedKind {
  readonly label: string;
  /** "bill_id" */
  readonly idKey: string;
  readonly find: (books: Books, id: string) => { readonly created: string } | undefined;
  readonly messages?: { readonly added?: string; readonly updated?: string; readonly deleted?: string };
  readonly addedStatus: number;
}

const commentBody = z.object({ description: text.refine((value) => value.trim() !== "") });

/** The calls for the comments of one kind of document. */
export function createCommentCalls(
  kind: CommentedKind,
): Readonly<Record<"list" | "add" | "update" | "remove", Handle>> {
  return {
    list(call) {
      const [id = ""] = call.ids;
      const owner = kind.find(call.books, id);
      if (owner === undefined) return refuseMissing(call.context, kind.label);
      const history = { id: historyId(id), description: `${kind.label} created`, time: owner.created };
      return succeed({
        comments: [
          commentWire(call, kind.idKey, id, history, "system"),
          ...commentsWire(call, kind.idKey, id),
        ],
      });
    },
    add(call) {
      const [id = ""] = call.ids;
      if (kind.find(call.books, id) === undefined) return refuseMissing(call.context, kind.label);
      const body = parseInput(commentBody, call.input);
      if (!body.ok) return refuseValue(body.error);
      const comment: StoredComment = {
        id: call.books.nextId(),
        description: body.value.description,
        time: call.books.stamp(),
      };
      call.books.comments.put(id, [...(call.books.comments.get(id) ?? []), comment]);
      return succeedWriting(
        { comment: commentWire(call, kind.idKey, id, comment, "internal") },
        kind.messages?.added ?? "Comments added.",
        kind.addedStatus,
      );
    },
    update(call) {
      const [id = "", commentId = ""] = call.ids;
      const comments = call.books.comments.get(id) ?? [];
      const old = comments.find((comment) => comment.id === commentId);
      if (old === undefined) return refuseMissing(call.context, "Comment");
      const body = parseInput(commentBody, call.input);
      if (!body.ok) return refuseValue(body.error);
      const comment = { ...old, description: body.value.description };
      call.books.comments.put(
        id,
        comments.map((other) => (other.id === commentId ? comment : other)),
      );
      return succeedWriting(
        { comment: commentWire(call, kind.idKey, id, comment, "internal") },
        kind.messages?.updated ?? "Comment has been updated.",
      );
    },
    remove(call) {
      const [id = "", commentId = ""] = call.ids;
      const comments = call.books.comments.get(id) ?? [];
      if (!comments.some((comment) => comment.id === commentId))
        return refuseMissing(call.context, "Comment");
      call.books.comments.put(
        id,
        comments.filter((comment) => comment.id !== commentId),
      );
      return succeedWriting({}, kind.messages?.deleted ?? "The comment has been deleted.");
    },
  };
}

/** The comments of people on a document. */
export function commentsWire(call: BooksCall, idKey: string, id: string) {
  return (call.books.comments.get(id) ?? []).map((comment) =>
    commentWire(call, idKey, id, comment, "internal"),
  );
}

function commentWire(
  { organization }: BooksCall,
  idKey: string,
  documentId: string,
  comment: StoredComment,
  type: "system" | "internal",
) {
  const local = zonedTime(comment.time, organization.timeZone);
  return {
    comment_id: comment.id,
    [idKey]: documentId,
    description: comment.description,
    commented_by_id: "",
    commented_by: organization.contactName,
    comment_type: type,
    operation_type: "Added",
    date: local.slice(0, 10),
    date_description: "",
    time: local.slice(11, 16),
    transaction_id: "",
    transaction_type: "",
  };
}

/** The id of the creation's entry: the document's with its last digit turned, so that it need not be kept. */
const historyId = (id: string): string => `${id.slice(0, -1)}${(Number(id.at(-1)) + 5) % 10}`;
