import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { UsageError } from "../contracts/errors.ts";
import { kibanaConfig } from "./kibana-config.ts";
import { isGood, makeAuthority, makeCertificate } from "./openssl.ts";
import { CERTIFIED, FOLDERS, type Places, places } from "./places.ts";

/** Each container's name in the network of the compose file, and this machine, for a port that is published. */
const LOCAL = ["localhost", "127.0.0.1"];

/** 192 bits, 32 characters: it is never typed, and Kibana wants keys of at least so many characters. */
const PASSWORD_BYTES = 24;

/** Read by another user than the one that writes it: the image of Redis has its own. */
const WORLD = 0o644;
const OWN = 0o600;

/**
 * Makes every certificate, password and file of secrets that the stack needs and that is not there, below `root`.
 * What is there stays, save a certificate that is about to end. Says what it made.
 */
export async function makeSecrets(root: string): Promise<readonly string[]> {
  const at = places(root);
  for (const folder of FOLDERS) await mkdir(at.folder(folder), { recursive: true });
  const made: string[] = [];
  const once = async (file: string, make: () => Promise<string> | string, mode = OWN): Promise<string> => {
    if (existsSync(file)) return (await readFile(file, "utf8")).trim();
    const content = await make();
    await write(file, `${content}\n`, mode);
    made.push(path.relative(root, file));
    return content;
  };
  made.push(...(await certificates(root, at)));

  const [elastic, elasticCopy] = at.elasticPassword;
  await once(elasticCopy!, () => once(elastic!, password));
  await once(at.analystPassword, password);
  await once(at.boardPassword, password);
  await once(at.explorerPassword, password);
  const kibanaSystem = await once(at.kibanaSystemPassword, password);
  const keys = JSON.parse(await once(at.kibanaKeys, encryptionKeys)) as readonly string[];
  // Written each time: it is made of the secrets above and of what this version of Headwater sets.
  await write(at.kibanaConfig, kibanaConfig(kibanaSystem, keys), OWN);
  const [workersUrl, boardUrl] = at.redisUrl;
  const url = await once(workersUrl!, () => `rediss://headwater:${password()}@redis:6379`);
  await once(boardUrl!, () => url);
  await write(at.redisUsers, redisUsers(new URL(url).password), WORLD);
  return made;
}

async function certificates(root: string, at: Places): Promise<readonly string[]> {
  const made: string[] = [];
  const told = (file: string) => made.push(path.relative(root, file));
  const { authority } = at;
  if (existsSync(authority.certificate) !== existsSync(authority.key)) {
    throw new UsageError(
      `${root} has ${existsSync(authority.key) ? "the key of an authority without its certificate" : "an authority's certificate without its key"}; ` +
        "restore the missing volume, or remove both volumes (secrets-ca and secrets-setup) to begin anew",
    );
  }
  if (!existsSync(authority.certificate)) {
    await makeAuthority(authority);
    await chmod(authority.key, OWN);
    await chmod(authority.certificate, WORLD);
    told(authority.certificate);
  }
  for (const service of CERTIFIED) {
    const pair = at.certificate(service);
    if (existsSync(pair.certificate) && (await isGood(authority.certificate, pair.certificate))) continue;
    await makeCertificate(authority, pair, [service, ...LOCAL]);
    await chmod(pair.key, service === "redis" ? WORLD : OWN);
    await chmod(pair.certificate, WORLD);
    told(pair.certificate);
  }
  for (const service of [...CERTIFIED, "workers"] as const) {
    await copyFile(authority.certificate, at.trusted(service));
    await chmod(at.trusted(service), WORLD);
  }
  return made;
}

/** The worker's user may do everything but what ends or empties the server; anyone on the network may ask for life. */
function redisUsers(workers: string): string {
  return [
    "user default off",
    `user headwater on >${workers} ~* &* +@all -flushall -flushdb -shutdown -debug -module -replicaof -failover -acl`,
    "user health on nopass resetkeys resetchannels -@all +ping",
    "",
  ].join("\n");
}

function password(): string {
  return randomBytes(PASSWORD_BYTES).toString("base64url");
}

/** Kibana wants three keys, and the same ones after each start. */
function encryptionKeys(): string {
  return JSON.stringify([password(), password(), password()]);
}

/** Whole or not at all: a container may look while another writes. */
export async function write(file: string, content: string, mode: number): Promise<void> {
  const beside = `${file}.new`;
  await writeFile(beside, content, { mode });
  await chmod(beside, mode);
  await rename(beside, file);
}
