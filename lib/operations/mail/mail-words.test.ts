import { expect, it } from "vitest";
import { invitationWords, signInAtXeroWords, signInWords } from "./mail-words";

const LINK = "https://tieout.example/invitation?token=abc&x=1";

it("every mail has its link in the text and in the HTML", () => {
  const mails = [
    signInWords(LINK),
    signInAtXeroWords(LINK),
    invitationWords({ workspaceName: "Gifts", invitedByName: "Olivia", role: "bookkeeper", link: LINK }),
  ];
  for (const { text, html } of mails) {
    expect(text).toContain(LINK);
    expect(html).toContain(LINK.replaceAll("&", "&amp;"));
  }
});

it("a name is neither markup nor a second line of the subject", () => {
  const { subject, html, text } = invitationWords({
    workspaceName: '<a href="http://evil.test">Prize</a>',
    invitedByName: "Olivia\r\nBcc: all@evil.test",
    role: "readOnly",
    link: LINK,
  });
  expect(subject).toBe(
    'Olivia Bcc: all@evil.test invites you to <a href="http://evil.test">Prize</a> in Tieout',
  );
  expect(html).not.toContain('<a href="http://evil');
  expect(text).not.toContain("\r");
});
