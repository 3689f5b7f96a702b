import { expect, test } from "vitest";
import type { Contact } from "@/lib/domain/contact";
import { aContact } from "@/tests/builders/records";
import { matchContact } from "./match-contact";

const OURS = "T-pair-1-z-ada";
const isOurs = (marker: string): boolean => marker.startsWith("T-pair-1-");
const match = (candidates: readonly Contact[], contact = aContact()) =>
  matchContact(contact, { marker: OURS, isOurs }, candidates);
const inLedger = (changes: Partial<Contact> = {}): Contact => aContact({ externalId: "x-1", ...changes });

test("our own marker is certain, whatever else is alike", () => {
  const marked = inLedger({ externalId: "x-2", name: "Renamed", email: "", marker: OURS, active: false });
  const decision = match([inLedger(), marked]);
  expect(decision).toMatchObject({ kind: "linked", how: "adopted", record: { externalId: "x-2" } });
});

test("an equal name is the same contact, in any case and spacing", () => {
  const decision = match([inLedger({ name: " ADA   lovelace", email: "" })]);
  expect(decision).toMatchObject({ kind: "linked", how: "matched", record: { externalId: "x-1" } });
});

test("an equal name that is archived is a conflict, unless an active one has it too", () => {
  const archived = inLedger({ active: false });
  expect(match([archived])).toMatchObject({ kind: "conflict", record: { externalId: "x-1" } });
  const active = inLedger({ externalId: "x-2" });
  expect(match([archived, active])).toMatchObject({ kind: "linked", record: { externalId: "x-2" } });
});

test("an equal e-mail counts with a similar name", () => {
  const contact = aContact({ name: "Harbour Lights Ltd", email: " Office@Harbour.example " });
  const decision = match([inLedger({ name: "Harbour Lights", email: "office@harbour.example" })], contact);
  expect(decision).toMatchObject({ kind: "linked", how: "matched" });
  expect(decision.kind === "linked" && decision.evidence).toContain("office@harbour.example");
});

test("an equal e-mail alone proves nothing", () => {
  const contact = aContact({ name: "Harbour Lights", email: "office@quay.example" });
  expect(match([inLedger({ name: "Boatyard Cafe", email: "office@quay.example" })], contact).kind).toBe(
    "none",
  );
});

test("an e-mail that two similar contacts share is for a person", () => {
  const contact = aContact({ name: "Harbour Lights Cafe" });
  const [first, second] = ["Harbour Lights", "Harbour Lights Shop"].map((name, index) =>
    inLedger({ externalId: `x-${index}`, name }),
  );
  expect(
    match(
      [first, second].flatMap((one) => one ?? []),
      contact,
    ),
  ).toMatchObject({
    kind: "doubt",
    doubts: [{ differences: "name Harbour Lights" }, { differences: "name Harbour Lights Shop" }],
  });
});

test("an e-mail that is archived or empty decides nothing", () => {
  const contact = aContact({ name: "Harbour Lights Cafe" });
  const similar = { name: "Harbour Lights" };
  expect(match([inLedger({ ...similar, active: false })], contact).kind).toBe("none");
  expect(match([inLedger({ ...similar, email: "" })], { ...contact, email: "" }).kind).toBe("none");
});

test.each([
  ["legal form", "Harbour Lights Limited"],
  ["punctuation", "Harbour-Lights, Ltd."],
  ["order of its words", "Lights Harbour"],
  ["accents", "Harbóur Lights"],
])("a name that differs by its %s alone is for a person, unless the e-mail agrees as well", (_, name) => {
  const contact = aContact({ name: "Harbour Lights Ltd", email: "office@harbour.example" });
  expect(match([inLedger({ name, email: "" })], contact)).toMatchObject({
    kind: "doubt",
    doubts: [{ record: { name }, differences: `name ${name}; e-mail none` }],
  });
  if (name.includes("Harbour"))
    expect(match([inLedger({ name, email: contact.email })], contact).kind).toBe("linked");
});

test("of two active contacts with the very name a person says which it is", () => {
  const twins = [
    inLedger({ email: "a@example.com" }),
    inLedger({ externalId: "x-2", email: "b@example.com" }),
  ];
  expect(match(twins)).toMatchObject({ kind: "doubt", doubts: [{}, {}] });
});

test("an archived contact of the name does not hide an active one that is spelled otherwise", () => {
  const contact = aContact({ name: "Harbour Lights Ltd", email: "" });
  const archived = inLedger({ name: "Harbour Lights Ltd", email: "", active: false });
  const active = inLedger({ externalId: "x-2", name: "Harbour Lights Limited", email: "" });
  expect(match([archived, active], contact)).toMatchObject({
    kind: "doubt",
    doubts: [{ record: { externalId: "x-2" } }],
  });
});

test("the name that we posted for another source contact is taken", () => {
  expect(match([inLedger({ marker: "T-pair-1-z-other" })])).toMatchObject({ kind: "conflict" });
});

test("a contact that we posted for another source contact is never taken for this one by e-mail", () => {
  const contact = aContact({ name: "Ada Lovelace Trading" });
  const ofAnother = inLedger({ marker: "T-pair-1-z-other" });
  expect(match([ofAnother], contact).kind).toBe("none");
  expect(match([inLedger({ marker: "T-pair-2-z-other" })], contact).kind).toBe("linked");
});

test("no marker expected and none there is no agreement", () => {
  const decision = matchContact(aContact({ name: "B", email: "" }), { marker: "", isOurs }, [inLedger()]);
  expect(decision.kind).toBe("none");
});
