import { hash, randomBytes } from "node:crypto";
import { fromBER, Integer, OctetString } from "asn1js";
import {
  AlgorithmIdentifier,
  Certificate,
  ExtKeyUsage,
  MessageImprint,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from "pkijs";

/** What a timestamp of RFC 3161 says of a file, and whether that can be believed. */
export interface Stamp {
  /** Not later than this the file was as it is, ISO 8601 in UTC. */
  readonly at: string;
  /** Who says so: the subject of the certificate. */
  readonly by: string;
  /** Whether its certificate leads to an authority that was given. Null when none was. */
  readonly trusted: boolean | null;
}

const SHA_256 = "2.16.840.1.101.3.4.2.1";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

/** The question to a timestamp service: only the hash leaves. */
export function stampRequest(file: Uint8Array): { readonly der: Uint8Array; readonly nonce: Uint8Array } {
  const nonce = randomBytes(8);
  // Positive, and in its shortest form: an authority gives it back as a number.
  nonce[0] = (nonce[0]! & 0x3f) | 0x40;
  const request = new TimeStampReq({
    version: 1,
    certReq: true,
    nonce: new Integer({ valueHex: nonce }),
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA_256 }),
      hashedMessage: new OctetString({ valueHex: hash("sha256", file, "buffer") }),
    }),
  });
  return { der: new Uint8Array(request.toSchema().toBER(false)), nonce };
}

/**
 * Reads an answer of a timestamp service and checks it: it is granted, for this file, and signed by a certificate that is
 * made for timestamps. `authorities` are PEM certificates; without them the certificate is taken as it is. Throws an Error
 * that ends a sentence.
 */
export async function readStamp(
  der: Uint8Array,
  file: Uint8Array,
  { authorities, nonce }: { readonly authorities: string | null; readonly nonce?: Uint8Array },
): Promise<Stamp> {
  const response = TimeStampResp.fromBER(der);
  const { status, statusStrings } = response.status;
  const token = response.timeStampToken;
  if (status > 1 || token === undefined) {
    const why = statusStrings?.map((text) => text.valueBlock.value).join(" ") ?? "";
    throw new Error(`was refused (status ${status}${why === "" ? "" : `: ${why}`})`);
  }
  const signed = new SignedData({ schema: token.content });
  const content = signed.encapContentInfo.eContent;
  if (content === undefined) throw new Error("holds no statement");
  const info = TSTInfo.fromBER(content.valueBlock.valueHexView);
  if (info.messageImprint.hashAlgorithm.algorithmId !== SHA_256)
    throw new Error("is of another kind of hash");
  const stamped = Buffer.from(info.messageImprint.hashedMessage.valueBlock.valueHexView);
  if (!stamped.equals(hash("sha256", file, "buffer"))) throw new Error("is of another file");
  if (nonce !== undefined && !sameNumber(info.nonce, nonce)) throw new Error("answers another question");
  const signer = await signerOf(signed, file, null);
  if (!isForStamps(signer)) throw new Error("is signed by a certificate that is not made for timestamps");
  return {
    at: info.genTime.toISOString(),
    by: nameOf(signer),
    trusted: authorities === null ? null : await leadsTo(signed, file, authorities, info.genTime),
  };
}

interface Trust {
  readonly certificates: Certificate[];
  readonly at: Date;
}

/** The certificate by which it is signed. Throws when the signature is not good, or with `trust` the certificate. */
async function signerOf(signed: SignedData, file: Uint8Array, trust: Trust | null): Promise<Certificate> {
  const data = new Uint8Array(file).buffer;
  const checked = await signed
    .verify({
      ...{ signer: 0, data, extendedMode: true, checkChain: trust !== null },
      ...(trust === null ? {} : { trustedCerts: trust.certificates, checkDate: trust.at }),
    })
    .catch((cause: unknown) => {
      throw new Error("is not signed as it should be", { cause });
    });
  if (!checked.signatureVerified) throw new Error("is not signed as it should be");
  if (checked.signerCertificate == null) throw new Error("carries no certificate");
  return checked.signerCertificate;
}

async function leadsTo(signed: SignedData, file: Uint8Array, pem: string, at: Date): Promise<boolean> {
  const certificates = certificatesOf(pem);
  try {
    await signerOf(signed, file, { certificates, at });
    return true;
  } catch {
    return false;
  }
}

/** Every certificate of a PEM file. Throws an Error that ends a sentence. */
export function certificatesOf(pem: string): Certificate[] {
  const found = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)];
  if (found.length === 0) throw new Error("holds no PEM certificate");
  return found.map(([, base64]) => Certificate.fromBER(Buffer.from(base64!, "base64")));
}

function isForStamps({ extensions }: Certificate): boolean {
  const usage = extensions?.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE)?.parsedValue;
  return usage instanceof ExtKeyUsage && usage.keyPurposes.includes(TIME_STAMPING);
}

function nameOf({ subject }: Certificate): string {
  const names = subject.typesAndValues.map(({ value }) => value.valueBlock.value);
  return names.toReversed().join(", ");
}

function sameNumber(written: Integer | undefined, expected: Uint8Array): boolean {
  if (written === undefined) return false;
  const { result } = fromBER(written.toBER(false));
  return Buffer.from((result as Integer).valueBlock.valueHexView).equals(expected);
}
