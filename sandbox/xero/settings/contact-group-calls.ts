/** Calls on /ContactGroups and on the contacts in a group. */
import { notFound, postDataInvalid, type Wire, type XeroAnswer } from "../answer";
import { answerRecords, bodyOf, firstId, type XeroCall } from "../api/call";
import { listPage } from "../read/list";
import { writeBatch } from "../write/batch";
import { readElement, readElements } from "../write/input";
import {
  addMember,
  type ContactGroup,
  contactGroupInput,
  contactGroups,
  contactIdsOf,
  findContactGroup,
  groupMemberInput,
  removeMember,
  writeContactGroup,
} from "./contact-groups";

/** Active groups without their contacts, as Xero lists them. */
export function listContactGroups(call: XeroCall): XeroAnswer {
  const { books } = call;
  const page = listPage<ContactGroup>(books, call.request, {
    paged: false,
    filters: [(_, group) => group.status === "ACTIVE"],
    types: { contactgroupid: "Guid", name: "String", status: "String" },
    heads: () => contactGroups(books),
    field: (id, group, path) => {
      if (path === "contactgroupid") return id;
      if (path === "name") return group.name;
      return path === "status" ? group.status : undefined;
    },
  });
  return answerRecords(
    call,
    "ContactGroups",
    page.ids.map((id) => shownGroup(call, id, false)),
  );
}

export function getContactGroup(call: XeroCall): XeroAnswer {
  return answerRecords(call, "ContactGroups", [shownGroup(call, groupOf(call).id, true)]);
}

/** PUT /ContactGroups creates, POST /ContactGroups/{id} renames or deletes. */
export function writeContactGroups(call: XeroCall): XeroAnswer {
  const { books } = call;
  const before = call.ids[0] === undefined ? null : groupOf(call);
  const elements = readElements(bodyOf(call), "ContactGroups");
  if (before !== null && elements.length > 1)
    throw postDataInvalid("Only one contact group can be sent in one request.");
  return writeBatch(books, elements, {
    plural: "ContactGroups",
    idField: "ContactGroupID",
    summarizeErrors: true,
    apply: (element) => writeContactGroup(books, before, readElement(element, contactGroupInput)),
    present: (id) => shownGroup(call, id, true),
  });
}

export function addGroupContacts(call: XeroCall): XeroAnswer {
  const { books } = call;
  const { id: groupId } = groupOf(call);
  return writeBatch(books, readElements(bodyOf(call), "Contacts"), {
    plural: "Contacts",
    idField: "ContactID",
    summarizeErrors: true,
    apply: (element) => addMember(books, groupId, readElement(element, groupMemberInput).ContactID ?? ""),
    present: (id) => shownMember(call, id),
  });
}

/** DELETE of one contact of a group, or of all where the path names none. */
export function removeGroupContacts(call: XeroCall): XeroAnswer {
  const { books } = call;
  const { id: groupId } = groupOf(call);
  const asked = call.ids[1]?.toLowerCase();
  if (asked !== undefined && !removeMember(books, groupId, asked)) throw notFound();
  if (asked === undefined)
    for (const contactId of contactIdsOf(books, groupId)) removeMember(books, groupId, contactId);
  return { status: 204, body: null, elements: 1 };
}

function groupOf(call: XeroCall): ContactGroup {
  const group = findContactGroup(call.books, firstId(call));
  if (group === undefined) throw notFound();
  return group;
}

function shownGroup(call: XeroCall, id: string, withContacts: boolean): Wire {
  const group = findContactGroup(call.books, id);
  if (group === undefined) return {};
  return {
    ContactGroupID: id,
    Name: group.name,
    Status: group.status,
    Contacts: withContacts
      ? contactIdsOf(call.books, id).map((contactId) => shownMember(call, contactId))
      : [],
    HasValidationErrors: false,
  };
}

function shownMember({ books }: XeroCall, id: string): Wire {
  return {
    ContactID: id,
    Name: books.contacts.head(id)?.name ?? "",
    Addresses: [],
    Phones: [],
    ContactGroups: [],
    ContactPersons: [],
    HasValidationErrors: false,
  };
}
