/**
 * Groups of contacts. Membership stands in a table of its own, so that a contact's groups and a group's
 * contacts are both one look-up. A deleted group is gone from every list and its contacts stay.
 */
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Books } from "../books";
import { perBooks } from "../per-books";
import type { Kept } from "../records";
import type { Table } from "../table";
import { archivedContact } from "../write/contacts";
import { words } from "../write/input";

export interface ContactGroup extends Kept {
  readonly name: string;
  readonly status: "ACTIVE" | "DELETED";
}

interface Membership extends Kept {
  readonly groupId: string;
  readonly contactId: string;
}

interface GroupTables {
  readonly groups: Table<ContactGroup, ContactGroup, never>;
  readonly members: Table<Membership, Membership, "group" | "contact">;
}

const tables = perBooks<GroupTables>((books) => ({
  groups: books.table("contactGroups", (group: ContactGroup) => group, {}),
  members: books.table("contactGroupMembers", (member: Membership) => member, {
    group: (member: Membership) => member.groupId,
    contact: (member: Membership) => member.contactId,
  }),
}));

const contactRef = z.object({ ContactID: words });

export const contactGroupInput = z.object({
  ContactGroupID: words,
  Name: words,
  Status: words,
  Contacts: z.array(contactRef).nullish(),
});
export type ContactGroupInput = z.infer<typeof contactGroupInput>;

export const groupMemberInput = contactRef;

type Refusable = Result<string, readonly string[]>;

export function contactGroups(books: Books): Iterable<[string, ContactGroup]> {
  return tables(books).groups.heads();
}

export function findContactGroup(books: Books, id: string): ContactGroup | undefined {
  return tables(books).groups.head(id);
}

export function contactIdsOf(books: Books, groupId: string): readonly string[] {
  const { members } = tables(books);
  return [...members.by("group", groupId)].flatMap((id) => members.head(id)?.contactId ?? []);
}

/** The active groups that a contact is in. */
export function groupsOf(books: Books, contactId: string): readonly ContactGroup[] {
  const { groups, members } = tables(books);
  if (members.size === 0) return [];
  return [...members.by("contact", contactId)].flatMap((id) => {
    const group = groups.head(members.head(id)?.groupId ?? "");
    return group === undefined || group.status === "DELETED" ? [] : [group];
  });
}

/** Creates a group (no `before`), or renames or deletes it; answers its id. */
export function writeContactGroup(
  books: Books,
  before: ContactGroup | null,
  input: ContactGroupInput,
): Refusable {
  if (before?.status === "DELETED") return err(["The contact group has been deleted."]);
  const name = input.Name || before?.name || "";
  const status = input.Status?.toUpperCase() || "ACTIVE";
  if (name.trim() === "") return err(["Please enter a Name."]);
  if (status !== "ACTIVE" && (status !== "DELETED" || before === null))
    return err([`The status '${input.Status}' cannot be set.`]);
  for (const [id, group] of contactGroups(books))
    if (id !== before?.id && group.status === "ACTIVE" && group.name.toLowerCase() === name.toLowerCase())
      return err(["Please enter a unique Name."]);
  const now = books.now();
  const group: ContactGroup = {
    id: before?.id ?? books.newId(),
    createdMs: before?.createdMs ?? now,
    updatedMs: now,
    name,
    status,
  };
  tables(books).groups.put(group);
  const problems = (input.Contacts ?? []).flatMap(({ ContactID }) => {
    const added = addMember(books, group.id, ContactID ?? "");
    return added.ok ? [] : added.error;
  });
  return problems.length > 0 ? err(problems) : ok(group.id);
}

/** Puts a contact into a group, where it may be already; answers the contact's id. */
export function addMember(books: Books, groupId: string, contactId: string): Refusable {
  const id = contactId.toLowerCase();
  const contact = books.contacts.head(id);
  if (contact === undefined) return err(["The contact specified could not be found."]);
  if (contact.status !== "ACTIVE") return err([archivedContact(books)]);
  const { members } = tables(books);
  const now = books.now();
  const memberId = `${groupId} ${id}`;
  if (members.head(memberId) === undefined)
    members.put({ id: memberId, createdMs: now, updatedMs: now, groupId, contactId: id });
  return ok(id);
}

/** Takes a contact out of a group; false when it was not in it. */
export function removeMember(books: Books, groupId: string, contactId: string): boolean {
  const { members } = tables(books);
  const id = `${groupId} ${contactId}`;
  if (members.head(id) === undefined) return false;
  members.delete(id);
  return true;
}
