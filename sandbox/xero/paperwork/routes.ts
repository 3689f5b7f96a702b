/** Addresses of files, history and printed forms, the same below each kind of record that has them. */
import { ATTACHMENTS, type Route, route } from "../api/route";
import { getAttachment, listAttachments, putAttachment } from "./attachment-calls";
import { addNotes, getHistory } from "./history-calls";
import type { PaperKind } from "./paper-kind";
import { PAPER_KINDS } from "./paper-kinds";
import { PRINTED_ROUTES } from "./printed-routes";

export const PAPERWORK_ROUTES: readonly Route[] = [
  ...PAPER_KINDS.filter(({ holdsFiles }) => holdsFiles).flatMap(fileRoutes),
  ...PAPER_KINDS.filter(({ holdsHistory }) => holdsHistory).flatMap(historyRoutes),
  ...PRINTED_ROUTES,
];

function fileRoutes(kind: PaperKind): Route[] {
  const list = `/${kind.plural}/{id}/Attachments`;
  const one = `${list}/{id}`;
  return [
    route("GET", list, ATTACHMENTS, (call) => listAttachments(call, kind)),
    route("GET", one, ATTACHMENTS, (call) => getAttachment(call, kind)),
    route("PUT", one, ATTACHMENTS, (call) => putAttachment(call, kind)),
    route("POST", one, ATTACHMENTS, (call) => putAttachment(call, kind)),
  ];
}

function historyRoutes(kind: PaperKind): Route[] {
  const address = `/${kind.plural}/{id}/History`;
  return [
    route("GET", address, kind.scope, (call) => getHistory(call, kind)),
    route("PUT", address, kind.scope, (call) => addNotes(call, kind)),
  ];
}
