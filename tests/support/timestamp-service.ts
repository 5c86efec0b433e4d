import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

export interface TimestampService {
  readonly url: string;
  readonly address: string;
  /** PEM file of its authority, and of one that is not. */
  readonly authority: string;
  readonly stranger: string;
  asked(): number;
  /** Answers with this from now on; null answers properly. */
  answer(what: { readonly status: number; readonly body: Buffer } | null): void;
  close(): Promise<void>;
}

const CONFIG = `
[req]
distinguished_name = name
prompt = no
[name]
CN = Test authority
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[stamps]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = service
[service]
dir = .
serial = ./serial
signer_cert = ./tsa.pem
certs = ./ca.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
`;

/** A real timestamp service on loopback: OpenSSL signs what it is asked. */
export async function timestampService(): Promise<TimestampService> {
  const dir = mkdtempSync(path.join(tmpdir(), "headwater-tsa-"));
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: dir, stdio: "pipe" });
  writeFileSync(path.join(dir, "tsa.cnf"), CONFIG);
  writeFileSync(path.join(dir, "serial"), "01\n");
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "tsa.cnf"];
  for (const name of ["ca", "stranger"])
    openssl(
      "req",
      "-x509",
      ...key,
      "-extensions",
      "ca",
      "-days",
      "30",
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.pem`,
    );
  openssl("req", "-new", ...key, "-subj", "/CN=Test timestamps", "-keyout", "tsa.key", "-out", "tsa.csr");
  openssl(
    ...[
      "x509",
      "-req",
      "-in",
      "tsa.csr",
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-days",
      "30",
    ],
    ...["-extfile", "tsa.cnf", "-extensions", "stamps", "-out", "tsa.pem"],
  );
  let asked = 0;
  let other: { readonly status: number; readonly body: Buffer } | null = null;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      asked++;
      if (other !== null) {
        response.writeHead(other.status).end(other.body);
        return;
      }
      writeFileSync(path.join(dir, "question"), Buffer.concat(parts));
      openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "question", "-out", "answer");
      response.writeHead(200, { "content-type": "application/timestamp-reply" });
      response.end(readFileSync(path.join(dir, "answer")));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${address}/tsr`,
    address,
    authority: path.join(dir, "ca.pem"),
    stranger: path.join(dir, "stranger.pem"),
    asked: () => asked,
    answer: (what) => {
      other = what;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
