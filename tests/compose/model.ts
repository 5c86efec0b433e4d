import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { describe } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const LOADER = path.join(import.meta.dirname, "loader");

/** What our tests read of a compose file once it is parsed, merged and filled in. */
export interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

export interface Service {
  readonly image: string;
  readonly command: readonly string[] | null;
  readonly container_name?: string;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly mem_limit?: string;
  readonly init?: boolean;
  readonly read_only?: boolean;
  readonly user?: string;
  readonly privileged?: boolean;
  readonly restart?: string;
  readonly profiles?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly network_mode?: string;
  readonly ports?: readonly { readonly host_ip?: string; readonly published: string }[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly {
    readonly type: string;
    readonly source: string;
    readonly target: string;
    readonly read_only?: boolean;
    readonly bind?: { readonly create_host_path?: boolean };
  }[];
}

/** As `docker compose config` reads it: by the plugin where there is one, else by the library that it is made of. */
export function readCompose(file = "docker-compose.yml", env = ".env.example"): Compose {
  return JSON.parse(reader()([file, env])) as Compose;
}

/** Runs the suite when a compose file can be read here; told as not run otherwise, which is a failure under CI. */
export function withCompose(suite: () => void): void {
  try {
    reader();
  } catch (error) {
    if (process.env.CI) throw error;
    describe.skipIf(true)(`not run: ${(error as Error).message}`, suite);
    return;
  }
  suite();
}

type Reader = (args: readonly [file: string, env: string]) => string;
let chosen: Reader | null = null;

function reader(): Reader {
  chosen ??= hasPlugin() ? byPlugin : byLibrary();
  return chosen;
}

function hasPlugin(): boolean {
  try {
    execFileSync("docker", ["compose", "version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const run = (command: string, args: readonly string[]) =>
  execFileSync(command, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const byPlugin: Reader = ([file, env]) =>
  run("docker", ["compose", "-f", file, "--env-file", env, "--profile", "*", "config", "--format", "json"]);

/** Go keeps what it has built outside the repository, so this takes seconds once in a machine's life. */
function byLibrary(): Reader {
  const folder = path.join(homedir(), ".cache", "headwater");
  const loader = path.join(folder, "compose-loader");
  mkdirSync(folder, { recursive: true });
  try {
    run("go", ["build", "-C", LOADER, "-o", loader, "."]);
  } catch (cause) {
    throw new Error(
      `a compose file cannot be read here: install Docker with its compose plugin, or Go (${(cause as Error).message})`,
      { cause },
    );
  }
  return ([file, env]) => run(loader, [file, env]);
}
