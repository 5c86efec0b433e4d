import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type JsonService, jsonService } from "../../http/json-service.ts";
import { type Places, places } from "../../stack/places.ts";
import type { ElasticsearchOptions } from "../../stores/elasticsearch/options.ts";
import { type Ended, type Given, start } from "../support/command.ts";
import { makeImage } from "./image.ts";
import { readCompose, type Service } from "./model.ts";
import { type Started, startElasticsearchOf, startRedisOf } from "./servers.ts";

/** Where containers have their volumes, below the folder that stands for `/`. */
const SECRETS = "secrets";
const DATA = "var/lib/headwater";
const SNAPSHOTS = "var/lib/snapshots";
const CONFIG = "etc/headwater";

/**
 * Everything of docker-compose.yml but the containers and Kibana: its servers with their certificates, users and keys,
 * and each service with its own command and environment, in a folder that has what the image has.
 */
export class Machine {
  readonly services = readCompose().services;
  /** What stands for `/` in all containers. */
  readonly root = mkdtempSync(path.join(tmpdir(), "headwater-machine-"));
  readonly secrets = path.join(this.root, SECRETS);
  readonly at: Places = places(this.secrets);
  readonly #command = makeImage(path.join(this.root, "opt/headwater"));
  #servers: { readonly redis: Started; readonly elasticsearch: Started } | null = null;

  constructor(config: string) {
    for (const folder of [SECRETS, DATA, SNAPSHOTS, CONFIG]) {
      mkdirSync(path.join(this.root, folder), { recursive: true });
    }
    writeFileSync(path.join(this.root, CONFIG, "headwater.yml"), config);
  }

  get isUp(): boolean {
    return this.#servers !== null;
  }

  /** Elasticsearch and Redis, once the secrets are there. */
  async startServers(): Promise<void> {
    if (this.#servers !== null) return;
    const { redis, elasticsearch } = this.services;
    this.#servers = {
      redis: await startRedisOf(redis!, this.secrets),
      elasticsearch: await startElasticsearchOf(
        elasticsearch!,
        this.secrets,
        path.join(this.root, SNAPSHOTS),
      ),
    };
    for (const file of this.at.redisUrl) writeFileSync(file, this.#servers.redis.url);
  }

  async end(): Promise<void> {
    await this.#servers?.redis.stop();
    await this.#servers?.elasticsearch.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** `docker compose run --rm NAME ARGS`; without `args` what the file says. */
  run(name: string, args: readonly string[] = this.services[name]!.command!): Promise<Ended> {
    return this.start(name, args, { input: "" }).ended;
  }

  /** The same as a process that goes on. */
  start(name: string, args: readonly string[], given: Given = {}): ReturnType<typeof start> {
    const here = args.map((word) => this.#here(word));
    const own = { command: this.#command, env: this.environment(name) };
    return start([...here, ...this.#places(args)], { ...given, ...own });
  }

  /** A container has them where `headwater stack` looks for them. */
  #places([command, below = ""]: readonly string[]): readonly string[] {
    if (command !== "stack") return [];
    const secrets = ["--secrets", this.secrets];
    return ["secrets", "password"].includes(below) ? secrets : [...secrets, "--elasticsearch", this.url];
  }

  /** The volume for data that all share, and a folder of its own for what is forgotten. */
  environment(name: string): Readonly<Record<string, string>> {
    const { environment = {} }: Service = this.services[name]!;
    const own = path.join(this.root, "containers", name);
    mkdirSync(own, { recursive: true });
    const set = Object.entries(environment).map(([key, value]) => [key, this.#here(value ?? "")]);
    return {
      ...(Object.fromEntries(set) as Record<string, string>),
      HEADWATER_DATA: path.join(this.root, DATA),
      TMPDIR: own,
    };
  }

  /** Folders and hosts of containers, as they are called on this machine. */
  #here(word: string): string {
    const local = word.replaceAll(`/${SECRETS}/`, `${this.secrets}/`);
    return local
      .replaceAll("https://elasticsearch:9200", this.#servers?.elasticsearch.url ?? "")
      .replaceAll(`/${CONFIG}/`, `${path.join(this.root, CONFIG)}/`);
  }

  /** Of Elasticsearch. */
  get url(): string {
    return this.#servers!.elasticsearch.url;
  }

  secret(file: string): string {
    return readFileSync(file, "utf8").trim();
  }

  /** Asks Elasticsearch; as nobody when left out. */
  as(authorization?: string): JsonService {
    return jsonService({ url: this.url, ca: this.at.authority.certificate, authorization });
  }

  /** Of a store that has this key. */
  options(key: string): ElasticsearchOptions {
    return {
      ...{ urls: [this.url], apiKey: this.secret(key), ca: this.secret(this.at.authority.certificate) },
      ...{ prefix: "headwater", shards: 1, replicas: null, shown: [] },
    };
  }
}
