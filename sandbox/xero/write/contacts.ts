/**
 * Contacts: created, matched and updated as Xero does it (by ContactID, then ContactNumber, then name), with
 * its rules on names and numbers. Archived contacts are refused everywhere.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Books } from "../books";
import type { Contact, Passed } from "../records";
import type { ContactInput, ContactRef } from "./input";
import { firstOf } from "./reference";

const ARCHIVED_CONTACT =
  "The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.";
const NOT_ACTIVE_CONTACT = "The contact specified is not active and cannot be used.";

/** How an archived contact is refused; its words are not confirmed. */
export function archivedContact(books: Books): string {
  const isUsual = books.switchPosition("xero.archived-contact-text") === "matched-archived";
  return isUsual ? ARCHIVED_CONTACT : NOT_ACTIVE_CONTACT;
}

/** Details that the simulator gives back as they came. */
const PASSED_FIELDS = [
  "Addresses",
  "Phones",
  "ContactPersons",
  "BankAccountDetails",
  "AccountsReceivableTaxType",
  "AccountsPayableTaxType",
  "SalesDefaultLineAmountType",
  "PurchasesDefaultLineAmountType",
  "XeroNetworkKey",
  "SalesDefaultAccountCode",
  "PurchasesDefaultAccountCode",
  "SalesTrackingCategories",
  "PurchasesTrackingCategories",
  "TrackingCategoryName",
  "TrackingCategoryOption",
  "PaymentTerms",
  "TaxNumberType",
];

const NAME_CHARACTERS_MAX = 255;
const NUMBER_CHARACTERS_MAX = 50;
const CONTACT_PERSONS_MAX = 5;
const TEXT_LIMITS = [
  ["FirstName", "first name", 255],
  ["LastName", "last name", 255],
  ["EmailAddress", "email address", 255],
  ["CompanyNumber", "company number", 50],
  ["TaxNumber", "tax number", 50],
] as const;

/** The active contact of a name, compared without case. */
export function findActiveContactByName(books: Books, name: string): string | undefined {
  for (const id of books.contacts.by("name", name.toLowerCase()))
    if (books.contacts.head(id)?.status === "ACTIVE") return id;
  return undefined;
}

/** Creates (PUT) or creates or updates (POST) one contact; answers its id. */
export function writeContact(
  books: Books,
  input: ContactInput,
  options: { mayUpdate: boolean; id?: string },
): Result<string, readonly string[]> {
  const matched = matchContact(books, input, options);
  if (!matched.ok) return err([matched.error]);
  const before = matched.value === null ? null : (books.contacts.get(matched.value) ?? null);
  if (before !== null && before.status !== "ACTIVE" && !restores(books, before, input))
    return err([archivedContact(books)]);
  const name = input.Name ?? before?.name ?? "";
  const contactNumber = kept(input.ContactNumber, before?.contactNumber);
  const problems = [
    ...nameProblems(name),
    ...lengthProblems(input),
    ...clashes(books, name, contactNumber, before?.id),
  ];
  const status = input.ContactStatus ?? before?.status ?? "ACTIVE";
  if (status !== "ACTIVE" && status !== "ARCHIVED")
    problems.push(`The contact status '${status}' cannot be set.`);
  if (problems.length > 0) return err(problems);
  const now = books.now();
  const contact: Contact = {
    id: before?.id ?? books.newId(),
    createdMs: before?.createdMs ?? now,
    updatedMs: now,
    name,
    contactNumber,
    accountNumber: kept(input.AccountNumber, before?.accountNumber),
    status: status === "ARCHIVED" ? "ARCHIVED" : "ACTIVE",
    firstName: kept(input.FirstName, before?.firstName),
    lastName: kept(input.LastName, before?.lastName),
    email: kept(input.EmailAddress, before?.email),
    companyNumber: kept(input.CompanyNumber, before?.companyNumber),
    taxNumber: kept(input.TaxNumber, before?.taxNumber),
    defaultCurrency: kept(input.DefaultCurrency, before?.defaultCurrency),
    other: { ...before?.other, ...passedFields(input) },
  };
  books.contacts.put(contact);
  return ok(contact.id);
}

function restores(books: Books, before: Contact, input: ContactInput): boolean {
  return (
    before.status === "ARCHIVED" &&
    input.ContactStatus === "ACTIVE" &&
    books.switchPosition("xero.contact-restore") === "accept"
  );
}

/** The contact that a document names; a name that is not known makes a new contact. */
export function resolveContact(books: Books, ref: ContactRef | null | undefined): Result<string, string> {
  if (!ref || (!ref.ContactID && !ref.ContactNumber && !ref.Name))
    return err("A Contact must be specified for this type of transaction");
  const id = ref.ContactID
    ? ref.ContactID.toLowerCase()
    : ref.ContactNumber
      ? firstOf(books.contacts.by("number", ref.ContactNumber.toLowerCase()))
      : findActiveContactByName(books, ref.Name ?? "");
  const head = id === undefined ? undefined : books.contacts.head(id);
  if (id !== undefined && head !== undefined)
    return head.status === "ACTIVE" ? ok(id) : err(archivedContact(books));
  if (ref.ContactID || !ref.Name) return err("The contact specified could not be found.");
  const made = writeContact(
    books,
    { Name: ref.Name, ContactNumber: ref.ContactNumber },
    { mayUpdate: false },
  );
  return made.ok ? made : err(made.error.join(" "));
}

function matchContact(
  books: Books,
  input: ContactInput,
  options: { mayUpdate: boolean; id?: string },
): Result<string | null, string> {
  if (!options.mayUpdate) return ok(null);
  const asked = options.id ?? input.ContactID?.toLowerCase();
  if (asked) {
    if (books.contacts.head(asked) !== undefined) return ok(asked);
    return err("The contact specified could not be found.");
  }
  if (input.ContactNumber) {
    const numbered = firstOf(books.contacts.by("number", input.ContactNumber.toLowerCase()));
    if (numbered !== undefined) return ok(numbered);
    if (books.switchPosition("xero.contact-number-with-known-name") === "refuse") return ok(null);
  }
  return ok(input.Name ? (findActiveContactByName(books, input.Name) ?? null) : null);
}

function nameProblems(name: string): string[] {
  const problems: string[] = [];
  if (name === "") problems.push("Contact Name cannot be empty.");
  if (name.length > NAME_CHARACTERS_MAX)
    problems.push(`The contact name must be at most ${NAME_CHARACTERS_MAX} characters.`);
  if (/[<>]/.test(name)) problems.push("The contact name cannot contain angle brackets (< or >).");
  if (name !== name.trim() || / {2}/.test(name))
    problems.push("The contact name cannot have leading, trailing or consecutive spaces.");
  return problems;
}

function lengthProblems(input: ContactInput): string[] {
  const problems: string[] = [];
  if ((input.ContactNumber ?? "").length > NUMBER_CHARACTERS_MAX)
    problems.push(`The contact number must be at most ${NUMBER_CHARACTERS_MAX} characters.`);
  if ((input.AccountNumber ?? "").length > NUMBER_CHARACTERS_MAX)
    problems.push(`The account number must be at most ${NUMBER_CHARACTERS_MAX} characters.`);
  for (const [field, label, charactersMax] of TEXT_LIMITS)
    if ((input[field] ?? "").length > charactersMax)
      problems.push(`The ${label} must be at most ${charactersMax} characters.`);
  if (input.EmailAddress && !/^[^\s@]+@[^\s@]+$/.test(input.EmailAddress))
    problems.push("Email address must be valid.");
  if (Array.isArray(input.ContactPersons) && input.ContactPersons.length > CONTACT_PERSONS_MAX)
    problems.push(`A contact can have at most ${CONTACT_PERSONS_MAX} additional people.`);
  return problems;
}

function clashes(books: Books, name: string, number: string | null, own: string | undefined): string[] {
  const problems: string[] = [];
  const named = findActiveContactByName(books, name);
  if (named !== undefined && named !== own)
    problems.push(
      `The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`,
    );
  if (number === null) return problems;
  const numbered = firstOf(books.contacts.by("number", number.toLowerCase()));
  if (numbered !== undefined && numbered !== own)
    problems.push(`The contact number ${number} is already assigned to another contact.`);
  return problems;
}

function passedFields(input: ContactInput): Passed {
  const passed: Record<string, unknown> = {};
  for (const field of PASSED_FIELDS) if (input[field] !== undefined) passed[field] = input[field];
  return passed;
}

/** Absent and null keep what was there; empty text empties. */
function kept(asked: string | null | undefined, before: string | null | undefined): string | null {
  if (asked === undefined || asked === null) return before ?? null;
  return asked === "" ? null : asked;
}
