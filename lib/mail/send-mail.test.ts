import { afterEach, beforeEach, expect, it } from "vitest";
import { createClock } from "@/sandbox/kit/clock";
import { type SmtpSink, startSmtpSink } from "@/sandbox/smtp/sink";
import { sendMail } from "./send-mail";

let sink: SmtpSink;
beforeEach(async () => {
  sink = await startSmtpSink({ port: 0, clock: createClock() });
});
afterEach(() => sink.close());

const aMail = {
  to: "bea@tidewater.test",
  subject: "Hello",
  text: "See https://tieout.example/?token=secret-link",
  html: "<p>Hello</p>",
  messageId: "<1@tieout.example>",
};

it("a mail arrives with both of its parts and its own id", async () => {
  await sendMail(aMail, { smtpUrl: `smtp://localhost:${sink.port}`, from: "Tieout <no-reply@tieout.test>" });
  expect(sink.mails.list()).toHaveLength(1);
  const mail = sink.mails.find(sink.mails.list()[0]?.id ?? "");
  expect(mail).toMatchObject({
    from: { name: "Tieout", address: "no-reply@tieout.test" },
    to: [{ address: "bea@tidewater.test" }],
    subject: "Hello",
    headers: expect.arrayContaining([{ name: "message-id", value: "<1@tieout.example>" }]),
  });
  expect([mail?.text, mail?.html]).toEqual([
    expect.stringContaining("secret-link"),
    expect.stringContaining("Hello"),
  ]);
});

it("a server that takes no mail is told without the address and the link", async () => {
  const { port } = sink;
  await sink.close();
  const failed = await sendMail(aMail, {
    smtpUrl: `smtp://user:hidden-password@localhost:${port}`,
    from: "no-reply@tieout.test",
  }).catch((thrown: unknown) => thrown);
  expect(failed).toBeInstanceOf(Error);
  const told = `${failed} ${failed instanceof Error ? `${failed.stack} ${failed.cause}` : ""}`;
  expect(told).toContain("the mail server did not take a mail: ESOCKET");
  for (const secret of ["bea@", "secret-link", "hidden-password"]) expect(told).not.toContain(secret);
});
