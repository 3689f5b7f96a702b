import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLastOwner, may, PEOPLE_PERMISSIONS, type PeopleAction, whyNotToChange } from "./permissions";
import { ROLES, type Role } from "./workspace-access";

const ACTIONS = Object.keys(PEOPLE_PERMISSIONS) as PeopleAction[];
const allowedTo = (role: Role) => ACTIONS.filter((action) => may({ role }, action));

describe("who may do what", () => {
  it("each role may do whatever a lower one may", () => {
    for (const [index, role] of ROLES.entries())
      for (const lower of ROLES.slice(index))
        expect(allowedTo(role)).toEqual(expect.arrayContaining(allowedTo(lower)));
  });

  it("a bookkeeper and a reader see their colleagues, may leave, and nothing else", () => {
    expect(allowedTo("bookkeeper")).toEqual(["people.see", "people.leave"]);
    expect(allowedTo("readOnly")).toEqual(["people.see", "people.leave"]);
  });

  it("the transfer is the owner's alone", () => {
    expect(ROLES.filter((role) => may({ role }, "workspace.transfer"))).toEqual(["owner"]);
  });
});

const aTeam = fc
  .array(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 6 })
  .map((roles) => roles.map((role, index) => ({ userId: `u${index}`, role })));

it("nobody is changed by themselves or from below, and no change takes the last owner", () => {
  fc.assert(
    fc.property(aTeam, fc.nat(), fc.nat(), (team, first, second) => {
      const [actor, target] = [team[first % team.length], team[second % team.length]];
      if (!actor || !target || whyNotToChange(team, actor, target) !== null) return;
      expect(target.userId).not.toBe(actor.userId);
      expect(ROLES.indexOf(actor.role)).toBeLessThanOrEqual(ROLES.indexOf(target.role));
      if (team.some(({ role }) => role === "owner"))
        expect(team.some(({ role, userId }) => role === "owner" && userId !== target.userId)).toBe(true);
      expect(isLastOwner(team, target.userId)).toBe(false);
    }),
  );
});
