import { expect, it } from "vitest";
import { maskAddress } from "./mask-address";

it("an address can be known again and not written to", () => {
  expect(maskAddress("beatrice@tidewater.co.uk")).toBe("b•••@t•••.uk");
  expect(maskAddress("a@b.test")).toBe("a•••@b•••.test");
});
