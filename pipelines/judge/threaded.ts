import { Worker } from "node:worker_threads";
import type { Config } from "../../config/schema.ts";
import type { Desk } from "./desk.ts";
import type { Room } from "./room.ts";

/** What a desk in a thread is made of: nothing but data reaches it. */
export type DeskConfig = Pick<Config, "actors" | "watches" | "copies"> & {
  readonly version: string;
  readonly room: Room;
  /** Where it reads posts that it lacks by itself; the one who asks has to bring them where there is none. */
  readonly file?: string;
};

export interface Question {
  readonly number: number;
  readonly ask: keyof Desk;
  readonly given: unknown;
}

export type Answer = { readonly number: number } & (
  | { readonly result: unknown }
  | { readonly error: unknown }
);

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Room for young objects, MB. Most of what a desk makes is kept for a while: with less room it is moved about more often. */
const YOUNG_MB = 64;

/** A desk in a thread of its own, which keeps the process alive only while it is asked something. */
export class ThreadedDesk implements Desk {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  /** Why it answers no more; null while it does. */
  #ended: unknown = null;

  constructor(config: DeskConfig) {
    this.#worker = new Worker(new URL("./thread.ts", import.meta.url), {
      workerData: config,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker.unref();
    this.#worker.on("message", (answer: Answer) => this.#take(answer));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", (code) => this.#end(new Error(`the thread of analysis ended with ${code}`)));
  }

  get ended(): boolean {
    return this.#ended !== null;
  }

  read: Desk["read"] = (posts) => this.#ask("read", posts);
  compare: Desk["compare"] = (comparison) => this.#ask("compare", comparison);
  forget: Desk["forget"] = (posts) => this.#ask("forget", posts);

  #ask<R>(ask: keyof Desk, given: unknown): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      if (this.#ended !== null) {
        reject(this.#ended);
        return;
      }
      const number = this.#asked++;
      this.#waiting.set(number, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ number, ask, given } satisfies Question);
    });
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ("error" in answer) waiting?.reject(answer.error);
    else waiting?.resolve(answer.result as never);
  }

  #end(error: unknown): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
