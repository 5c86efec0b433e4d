import { readFile } from "node:fs/promises";
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
    const kept = await stillWorks({ url, ca }, file);
    if (!kept) await write(file, await makeKey(elastic, name), OWN);
    say(`API key ${name}: ${kept ? "kept" : "made"}.`);
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

function keyFiles(at: Places): readonly (readonly [ApiKeyName, string])[] {
  return [
    ["writer", at.writerKey],
    ["reader", at.readerKey],
    ["setup", at.setupKey],
  ];
}

async function stillWorks(
  address: { readonly url: string; readonly ca: string },
  file: string,
): Promise<boolean> {
  const encoded = await secret(file).catch(() => null);
  if (encoded === null) return false;
  const asKey = jsonService({ ...address, authorization: apiKey(encoded) });
  const { status } = await asKey.ask("GET", "/_security/_authenticate");
  return status === 200;
}

/** The old key of that name ends: only its hash is known, and whoever still has it shall not. */
async function makeKey(elastic: JsonService, name: ApiKeyName): Promise<string> {
  const full = `headwater-${name}`;
  // 404 when there is none.
  await elastic.ask("DELETE", "/_security/api_key", { name: full, owner: false });
  const made = (await elastic.expect("POST", "/_security/api_key", {
    name: full,
    role_descriptors: { [full]: API_KEYS[name] },
    metadata: { made_by: "headwater stack setup" },
  })) as { readonly encoded: string };
  return made.encoded;
}

async function secret(file: string): Promise<string> {
  return (await readFile(file, "utf8")).trim();
}
