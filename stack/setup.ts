import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { apiKey, basic, type JsonService, jsonService } from "../http/json-service.ts";
import {
  COMPONENT,
  lifecycleComponent,
  lifecyclePolicy,
  POLICY,
  REPOSITORY,
  type Retention,
  SNAPSHOTS,
  snapshotPolicy,
  snapshotRepository,
} from "./lifecycle.ts";
import { type Places, places } from "./places.ts";
import { ANALYST, API_KEYS, type ApiKeyName } from "./privileges.ts";
import { write } from "./secrets.ts";

export interface SetupOptions extends Retention {
  /** Of Elasticsearch. */
  readonly url: string;
  /** Root of the secrets, see places.ts. */
  readonly secrets: string;
  readonly say: (sentence: string) => void;
}

const OWN = 0o600;
/** Two minutes in all. */
const LOOKS = 240;
const BETWEEN_LOOKS_MS = 500;
/** Name of the analysts' role and of their account. */
const ROLE = "headwater_analyst";
const ANALYST_USER = "analyst";

/**
 * Sets up a secured Elasticsearch: accounts, one API key a purpose, retention, snapshots. May be run again at any
 * time: what is right stays as it is, a key that still works is kept.
 */
export async function setUpStack({ url, secrets, say, ...retention }: SetupOptions): Promise<void> {
  const at = places(secrets);
  const ca = at.authority.certificate;
  const password = await secret(at.elasticPassword[1]!);
  const elastic = jsonService({ url, ca, authorization: basic("elastic", password) });
  await untilAccountsAreThere(elastic);

  await elastic.expect("POST", "/_security/user/kibana_system/_password", {
    password: await secret(at.kibanaSystemPassword),
  });
  await elastic.expect("PUT", `/_security/role/${ROLE}`, ANALYST);
  await elastic.expect("PUT", `/_security/user/${ANALYST_USER}`, {
    password: await secret(at.analystPassword),
    roles: [ROLE],
    full_name: "Headwater analyst",
  });
  say("Accounts: kibana_system for Kibana, analyst for people.");

  for (const [name, file] of keyFiles(at)) {
    const kept = await workingKey({ url, ca }, file);
    if (kept === null) await write(file, await makeKey(elastic, name), OWN);
    const became = kept === null ? "made" : await privilegesRenewed(elastic, name, kept);
    say(`API key ${name}: ${became}.`);
  }

  await elastic.expect("PUT", `/_ilm/policy/${POLICY}`, lifecyclePolicy(retention));
  await elastic.expect("PUT", `/_component_template/${COMPONENT}`, lifecycleComponent());
  const { posts_days, snapshots_days } = retention;
  say(
    posts_days === null
      ? "Retention: every month stays searchable."
      : `Retention: a month can be searched for ${posts_days} days after its index was made.`,
  );
  await elastic.expect("PUT", `/_snapshot/${REPOSITORY}`, snapshotRepository());
  await elastic.expect("PUT", `/_slm/policy/${SNAPSHOTS}`, snapshotPolicy(retention));
  say(`Snapshots: every night, kept ${snapshots_days} days.`);
}

/** A server that has just started answers before the index of its accounts can be read: 503, for a moment. */
async function untilAccountsAreThere(elastic: JsonService): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    const { status } = await elastic.ask("GET", "/_security/_authenticate");
    if (status !== 503) return;
    await pause(BETWEEN_LOOKS_MS);
  }
}

function keyFiles(at: Places): readonly (readonly [ApiKeyName, string])[] {
  return [
    ["writer", at.writerKey],
    ["reader", at.readerKey],
    ["setup", at.setupKey],
  ];
}

/** The key in the file, if Elasticsearch lets it in. */
async function workingKey(
  address: { readonly url: string; readonly ca: string },
  file: string,
): Promise<string | null> {
  const encoded = await secret(file).catch(() => null);
  if (encoded === null) return null;
  const asKey = jsonService({ ...address, authorization: apiKey(encoded) });
  const { status } = await asKey.ask("GET", "/_security/_authenticate");
  return status === 200 ? encoded : null;
}

/** A key was made by the version that first started here; what it may do is said by the one that runs now. */
async function privilegesRenewed(elastic: JsonService, name: ApiKeyName, encoded: string): Promise<string> {
  const [id] = Buffer.from(encoded, "base64").toString().split(":");
  const renewed = (await elastic.expect("PUT", `/_security/api_key/${id}`, rights(name))) as {
    readonly updated: boolean;
  };
  return renewed.updated ? "kept, with the privileges of this version" : "kept";
}

function rights(name: ApiKeyName): object {
  return {
    role_descriptors: { [`headwater-${name}`]: API_KEYS[name] },
    metadata: { made_by: "headwater stack setup" },
  };
}

/** The old key of that name ends: only its hash is known, and whoever still has it shall not. */
async function makeKey(elastic: JsonService, name: ApiKeyName): Promise<string> {
  const full = `headwater-${name}`;
  // 404 when there is none.
  await elastic.ask("DELETE", "/_security/api_key", { name: full, owner: false });
  const made = (await elastic.expect("POST", "/_security/api_key", {
    name: full,
    ...rights(name),
  })) as { readonly encoded: string };
  return made.encoded;
}

async function secret(file: string): Promise<string> {
  return (await readFile(file, "utf8")).trim();
}
