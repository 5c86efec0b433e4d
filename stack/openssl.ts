import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { StopAll } from "../contracts/errors.ts";

const run = promisify(execFile);

/** Ten years: the authority of one team's stack, kept in a volume that only the set-up mounts. */
const AUTHORITY_DAYS = 3_650;
/** The longest that browsers accept without complaint. */
const CERTIFICATE_DAYS = 397;
/** A certificate that ends sooner is made anew: each `docker compose up` looks. */
const RENEW_SECONDS = 45 * 86_400;

export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** Makes a certificate authority in the two files. */
export async function makeAuthority({ certificate, key }: KeyPair): Promise<void> {
  await openssl([
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-sha256"],
    ...["-days", String(AUTHORITY_DAYS), "-subj", "/CN=Headwater stack authority"],
    ...["-addext", "keyUsage=critical,keyCertSign,cRLSign"],
    ...["-keyout", key, "-out", certificate],
  ]);
}

/** Makes a server certificate for the names, signed by the authority. */
export async function makeCertificate(
  authority: KeyPair,
  { certificate, key }: KeyPair,
  names: readonly string[],
): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), "headwater-certificate-"));
  try {
    const request = path.join(scratch, "request.pem");
    const extensions = path.join(scratch, "extensions.cnf");
    await writeFile(
      extensions,
      [
        `subjectAltName=${names.map((name) => `${/^[\d.]+$/.test(name) ? "IP" : "DNS"}:${name}`).join(",")}`,
        // Elasticsearch's nodes are each other's clients, too.
        "extendedKeyUsage=serverAuth,clientAuth",
        "basicConstraints=critical,CA:FALSE",
      ].join("\n"),
    );
    await openssl([
      ...["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-sha256"],
      ...["-subj", `/CN=${names[0]}`, "-keyout", key, "-out", request],
    ]);
    await openssl([
      ...["x509", "-req", "-in", request, "-CA", authority.certificate, "-CAkey", authority.key],
      ...["-days", String(CERTIFICATE_DAYS), "-sha256", "-extfile", extensions, "-out", certificate],
      // A file of serial numbers would have to be kept; a random one needs no file.
      ...["-set_serial", `0x${crypto.randomUUID().replaceAll("-", "")}`],
    ]);
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/** Whether the certificate was signed by the authority and lasts long enough still. */
export async function isGood(authority: string, certificate: string): Promise<boolean> {
  try {
    await run("openssl", ["verify", "-CAfile", authority, certificate]);
    await run("openssl", ["x509", "-in", certificate, "-noout", "-checkend", String(RENEW_SECONDS)]);
    return true;
  } catch (error) {
    if (isMissing(error)) throw noOpenssl(error);
    return false;
  }
}

async function openssl(args: readonly string[]): Promise<void> {
  try {
    await run("openssl", [...args]);
  } catch (error) {
    if (isMissing(error)) throw noOpenssl(error);
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new StopAll(`openssl ${args[0]} failed: ${said}`, { cause: error });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function noOpenssl(cause: unknown): StopAll {
  return new StopAll("openssl is not installed; certificates are made with it (the image has it)", { cause });
}
