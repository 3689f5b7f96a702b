/** Addresses of journals; all are under the accountants scope. */
import { type Route, route } from "../route";
import { createAttachmentCalls } from "../trade/attachments";
import { createCommentCalls } from "../trade/comments";
import * as journals from "./journals";
import { listJournals } from "./list-journals";

const comments = createCommentCalls({
  label: "Journal",
  idKey: "journal_id",
  find: (books, id) => books.journals.head(id),
  addedStatus: 200,
  messages: {
    added: "Journal comment has been added successfully.",
    deleted: "The selected journal comment entries have been deleted.",
  },
});
const files = createAttachmentCalls({
  label: "Journal",
  find: (books, id) => books.journals.head(id),
  partNames: ["attachment", "doc"],
  addedStatus: 201,
  messages: {
    added: "Your file has been successfully attached to the journal.",
    deleted: "",
    updated: "",
  },
});

const publish = { to: "published", from: ["draft", "approved"] } as const;
const submit = { to: "submitted", from: ["draft", "rejected"] } as const;
const approve = { to: "approved", from: ["submitted"] } as const;
const reject = { to: "rejected", from: ["submitted"] } as const;
const SUCCESS = { message: "success", status: 200 } as const;

export const JOURNAL_ROUTES: readonly Route[] = [
  route("GET", "/journals", "accountants", listJournals),
  route("POST", "/journals", "accountants", journals.createJournal),
  route("DELETE", "/journals/bulkdelete", "accountants", journals.removeJournals),
  route(
    "POST",
    "/journals/status/publish",
    "accountants",
    journals.createJournalStatusCall({ ...publish, ...SUCCESS }, true),
  ),
  route(
    "POST",
    "/journals/submit",
    "accountants",
    journals.createJournalStatusCall({ ...submit, ...SUCCESS }, true),
  ),
  route(
    "POST",
    "/journals/approve",
    "accountants",
    journals.createJournalStatusCall({ ...approve, ...SUCCESS }, true),
  ),
  route("GET", "/journals/{id}", "accountants", journals.getJournal),
  route("PUT", "/journals/{id}", "accountants", journals.updateJournal),
  route("DELETE", "/journals/{id}", "accountants", journals.removeJournal),
  route(
    "POST",
    "/journals/{id}/status/publish",
    "accountants",
    journals.createJournalStatusCall({ ...publish, message: "Journal has been published.", status: 201 }),
  ),
  route(
    "POST",
    "/journals/{id}/submit",
    "accountants",
    journals.createJournalStatusCall({ ...submit, ...SUCCESS }),
  ),
  route(
    "POST",
    "/journals/{id}/approve",
    "accountants",
    journals.createJournalStatusCall({ ...approve, ...SUCCESS }),
  ),
  route(
    "POST",
    "/journals/{id}/reject",
    "accountants",
    journals.createJournalStatusCall({ ...reject, ...SUCCESS }),
  ),
  route("POST", "/journals/{id}/reverse", "accountants", journals.reverseJournal),
  route("POST", "/journals/{id}/attachment", "accountants", files.add),
  route("POST", "/journals/{id}/comments", "accountants", comments.add),
  route("DELETE", "/journals/{id}/comments/{id}", "accountants", comments.remove),
];
