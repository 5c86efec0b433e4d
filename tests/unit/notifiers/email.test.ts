import type { AddressInfo } from "node:net";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import type { Notice, Notifier } from "../../../contracts/notifier.ts";
import { email } from "../../../notifiers/email.ts";
import { NOTICES, notice, realIo, text } from "../../support/notices.ts";

interface Mailbox {
  readonly port: number;
  readonly mails: readonly string[];
  close(): Promise<void>;
}

/** A real SMTP server that asks for a password and refuses what `refuse` says. */
async function mailbox(
  refuse: (to: string) => { code: number; said: string } | null = () => null,
): Promise<Mailbox> {
  const mails: string[] = [];
  const server = new SMTPServer({
    hideSTARTTLS: true,
    authMethods: ["PLAIN", "LOGIN"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      username === "desk" && password === "the password"
        ? done(null, { user: username })
        : done(Object.assign(new Error("no such account"), { responseCode: 535 })),
    onRcptTo: ({ address }, _, done) => {
      const refusal = refuse(address);
      if (refusal === null) done();
      else done(Object.assign(new Error(refusal.said), { responseCode: refusal.code }));
    },
    onData: (stream, _, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push(Buffer.concat(chunks).toString("utf8"));
        done();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

describe("mail", () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });
  const secrets = { user: "desk", password: "the password" };

  async function send(box: Mailbox, given: Notice, over: object = {}): Promise<void> {
    open.push(box);
    const io = realIo(1);
    open.push(io);
    const options = email.info.options.parse({
      host: "127.0.0.1",
      port: box.port,
      tls: "none",
      from: "headwater@agency.example",
      to: ["team@agency.example", "desk@agency.example"],
    });
    await (email as Notifier<object>).notify(given, { ...options, secrets, ...over }, io);
  }

  it.each(NOTICES.slice(0, 5))("reads well and keeps to the standard: %s", async (_, given) => {
    const box = await mailbox();
    await send(box, given);
    const mail = await simpleParser(box.mails[0]!);
    expect(mail.from!.text).toBe("headwater@agency.example");
    expect(
      [mail.to!]
        .flat()
        .map(({ text: to }) => to)
        .join(),
    ).toContain("desk@agency.example");
    expect(mail.subject!.length).toBeLessThanOrEqual(150);
    expect(mail.subject).toMatch(/^Headwater, /);
    expect(mail.text).toContain(given.alerts[0]!.id);
    expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
    // RFC 5322: no line of more than 998 characters.
    expect(box.mails[0]!.split("\r\n").filter((line) => line.length > 998)).toEqual([]);
  });

  it("has every alert of a digest, the gravest first", async () => {
    const box = await mailbox();
    await send(box, NOTICES[4]![1]);
    const mail = await simpleParser(box.mails[0]!);
    const ids = mail.text!.match(/a-\d{16}/g)!;
    expect(new Set(ids).size).toBe(500);
    expect(mail.text!.indexOf("Severity: critical")).toBeLessThan(mail.text!.indexOf("Severity: low"));
  });

  it("has the same Message-ID at every attempt, and one conversation an alert", async () => {
    const box = await mailbox();
    const first = notice([text(1)]);
    await send(box, first);
    await send(box, first);
    await send(box, { ...notice([text(1)]), key: "team/a-1/1" });
    const [one, two, three] = await Promise.all(box.mails.map((mail) => simpleParser(mail)));
    expect(one!.messageId).toBe(two!.messageId);
    expect(three!.messageId).not.toBe(one!.messageId);
    expect(three!.inReplyTo).toBe(one!.inReplyTo);
  });

  it("is tried again after what may pass, and set aside after what will not", async () => {
    const full = await mailbox(() => ({ code: 452, said: "mailbox full" }));
    await expect(send(full, NOTICES[0]![1])).rejects.toMatchObject({ name: "RetryLater" });
    const unknown = await mailbox(() => ({ code: 550, said: "no such user" }));
    await expect(send(unknown, NOTICES[0]![1])).rejects.toMatchObject({ name: "SetAside" });
    const box = await mailbox();
    const wrong = send(box, NOTICES[0]![1], { secrets: { user: "desk", password: "another one" } });
    await expect(wrong).rejects.toMatchObject({
      name: "SetAside",
      message: expect.not.stringContaining("another one"),
    });
    const closed = await mailbox();
    await closed.close();
    await expect(send({ ...closed, close: async () => {} }, NOTICES[0]![1])).rejects.toMatchObject({
      name: "RetryLater",
    });
  });

  it("is not sent in the clear when TLS is asked for", async () => {
    const box = await mailbox();
    await expect(send(box, NOTICES[0]![1], { tls: "starttls" })).rejects.toMatchObject({
      name: "RetryLater",
    });
    expect(box.mails).toHaveLength(0);
  });
});
