import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Random } from "../../bench/simulator/random.ts";
import type { Role } from "../../pipelines/runner.ts";
import type { WorkerArgument } from "./worker.ts";

export interface FleetDeps {
  readonly dir: string;
  readonly roles: readonly Role[];
  readonly worker: Omit<WorkerArgument, "role" | "health">;
}

/** The processes of a run, started again whenever they end, as a container's supervisor does. */
export interface Fleet {
  /** Kills one process of a role without warning. False when none was up. */
  kill(role: Role, random: Random): boolean;
  /** Moves the clock of every process. */
  jump(milliseconds: number): void;
  /** Ends all cleanly; says how many had to be killed. */
  stop(): Promise<number>;
}

const WORKER = path.join(import.meta.dirname, "worker.ts");
const CLOCK = path.join(import.meta.dirname, "clock.ts");
/** A process that cannot start is not started a hundred times a second. */
const RESTART_MS = 200;
/** Longer than a worker takes by its own promise. */
const PATIENCE_MS = 40_000;

export function startFleet({ dir, roles, worker }: FleetDeps): Fleet {
  const clock = path.join(dir, "clock");
  const talk = path.join(dir, "workers.log");
  writeFileSync(clock, "0");
  const up = new Map<number, { readonly role: Role; readonly child: ChildProcess }>();
  let over = false;

  function start(place: number, role: Role): void {
    if (over) return;
    const argument = {
      ...worker,
      role,
      health: path.join(dir, `health-${place}.json`),
    } satisfies WorkerArgument;
    const child = spawn(process.execPath, ["--import", CLOCK, WORKER, JSON.stringify(argument)], {
      env: { ...process.env, HEADWATER_FAULTS_CLOCK: clock },
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr!.on("data", (text: Buffer) => appendFileSync(talk, text));
    up.set(place, { role, child });
    child.once("exit", async () => {
      up.delete(place);
      await pause(RESTART_MS);
      start(place, role);
    });
  }
  for (const [place, role] of roles.entries()) start(place, role);

  return {
    kill(role, random) {
      const own = [...up.values()].filter((each) => each.role === role);
      if (own.length === 0) return false;
      return random.pick(own).child.kill("SIGKILL");
    },
    jump: (milliseconds) => writeFileSync(clock, String(milliseconds)),
    async stop() {
      over = true;
      const ended = [...up.values()].map(
        ({ child }) => new Promise<void>((resolve) => child.once("exit", () => resolve())),
      );
      for (const { child } of up.values()) child.kill("SIGTERM");
      const late = pause(PATIENCE_MS, "late" as const, { ref: false });
      if ((await Promise.race([Promise.all(ended), late])) !== "late") return 0;
      const stuck = [...up.values()];
      for (const { child } of stuck) child.kill("SIGKILL");
      return stuck.length;
    },
  };
}
