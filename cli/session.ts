import type { Command } from "commander";
import type { Loaded } from "../config/load.ts";
import type { Problem } from "../config/problem.ts";
import type { Config } from "../config/schema.ts";
import { UsageError } from "../contracts/errors.ts";
import type { Log } from "../contracts/log.ts";
import type { Store } from "../contracts/store.ts";
import type { StoreAccess } from "../pipelines/store.ts";
import { EXIT } from "./exit.ts";
import { type Interruption, watchInterruption } from "./interruption.ts";
import { createLog } from "./log.ts";
import { createOutput, type Output } from "./output.ts";

/** Options that every command takes. */
export interface GlobalOptions {
  readonly config?: string;
  readonly data?: string;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** What a command works with: its options, where it writes, when to stop. Everything heavy is loaded when asked for. */
export interface Session {
  readonly options: GlobalOptions;
  readonly out: Output;
  readonly log: Log;
  readonly interruption: Interruption;
  /** The config as it was found, problems and all. */
  load(): Promise<Loaded>;
  /** The config for reading what is stored, or a UsageError that tells every problem with its place. */
  config(): Promise<Config>;
  /** The config for work: its sources, schedules and actors are checked, too. */
  checkedConfig(): Promise<Config>;
  /** The store, to read only: it may be used beside a running Headwater. */
  store(): Promise<Store>;
  /** The same, or null when nothing has been stored yet. */
  storeIfThere(): Promise<Store | null>;
  /** The store for one small write, also beside a running Headwater: a person's decision must not wait for its end. */
  storeBeside(): Promise<Store>;
}

function createSession(options: GlobalOptions): Session {
  const log = createLog(process.stderr, process.env);
  // Watched from its first use: where nothing has to be ended cleanly, Ctrl-C ends the process as it always does.
  let interruption: Interruption | null = null;
  const load = async () => {
    const { loadConfig } = await import("../config/load.ts");
    return loadConfig(
      options.config ?? null,
      process.env,
      options.data === undefined ? {} : { data: options.data },
    );
  };
  const checked = async (loaded: Loaded) => {
    const { allProblems } = await import("./problems.ts");
    const problems = allProblems(loaded);
    if (problems.length > 0) throw await configError(loaded.path, problems);
    return loaded.config;
  };
  const config = async () => {
    const loaded = await load();
    return loaded.problems.length === 0 ? loaded.config : checked(loaded);
  };
  const open = async (access: StoreAccess) => {
    const [wanted, { openStore }] = await Promise.all([config(), import("../pipelines/store.ts")]);
    return openStore(wanted, access);
  };
  const store = () => open({ readOnly: true });
  return {
    options,
    out: createOutput(process.stdout, () => interruption?.stop()),
    log,
    get interruption() {
      interruption ??= watchInterruption(log);
      return interruption;
    },
    load,
    config,
    checkedConfig: async () => checked(await load()),
    store,
    storeBeside: () => open({ beside: true }),
    storeIfThere: () =>
      store().catch((error: unknown) => {
        if (error instanceof UsageError && error.exit === EXIT.noInput) return null;
        throw error;
      }),
  };
}

export async function configError(file: string, problems: readonly Problem[]): Promise<UsageError> {
  const { problemLine } = await import("../config/problem.ts");
  const lines = problems.map((problem) => `  ${problemLine(file, problem)}`);
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  return new UsageError(`the config ${file} has ${count}:\n${lines.join("\n")}`, EXIT.config);
}

/**
 * Makes a command's action of a function that is given the session and the command's arguments and options, and
 * returns the exit code.
 */
export function action(
  work: (session: Session, ...given: never[]) => Promise<number>,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command;
    const session = createSession(command.optsWithGlobals<GlobalOptions>());
    const code = await work(session, ...(given.slice(0, -1) as never[]));
    process.exitCode = code;
  };
}
