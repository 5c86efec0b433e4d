/** Exit codes, those of sysexits.h where one fits. They are part of the interface: help and docs/cli.md list them. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 64,
  data: 65,
  noInput: 66,
  unavailable: 69,
  cannotCreate: 73,
  locked: 75,
  config: 78,
  interrupted: 130,
  terminated: 143,
} as const;

export const EXIT_MEANINGS: readonly (readonly [number, string])[] = [
  [EXIT.ok, "done; also a clean end by Ctrl-C where running on is the normal state (`up`)"],
  [EXIT.failure, "something failed; what, is on standard error"],
  [EXIT.usage, "a mistake on the command line"],
  [EXIT.data, "import: every record of a file was rejected"],
  [EXIT.noInput, "there is nothing to read: no such file, or no data collected yet"],
  [EXIT.unavailable, "something needed is not there: Node, the disk, every source of a crawl"],
  [EXIT.cannotCreate, "the data folder cannot be made"],
  [EXIT.locked, "another headwater process is writing in the data folder"],
  [EXIT.config, "the config has problems; all are told at once"],
  [EXIT.interrupted, "ended by Ctrl-C (SIGINT) before it was done; what was stored stays"],
  [EXIT.terminated, "ended by SIGTERM before it was done; what was stored stays"],
];
