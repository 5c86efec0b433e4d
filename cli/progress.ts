/** Draws how far a long task is. */
export interface Progress {
  show(task: string, done: number, total: number | null): void;
  /** Takes the bar away before other words are written. */
  clear(): void;
}

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR = 24;
/** Faster than the eye follows, slow enough to cost nothing. */
const REDRAW_MS = 100;
/** Without a terminal a line now and then shows in a log that the work goes on. */
const LINE_MS = 10_000;

export function createProgress(terminal: Terminal, now: () => number = () => performance.now()): Progress {
  let drawn = false;
  let last = now() - (terminal.isTTY ? REDRAW_MS : 0);
  const clear = () => {
    if (drawn) terminal.write("\r\u001b[K");
    drawn = false;
  };
  return {
    clear,
    show(task, done, total) {
      if (now() - last < (terminal.isTTY ? REDRAW_MS : LINE_MS)) return;
      last = now();
      const share = total === null || total === 0 ? null : Math.min(1, done / total);
      const percent = share === null ? String(done) : `${Math.floor(share * 100)} %`;
      if (!terminal.isTTY) {
        terminal.write(`${task}: ${percent}\n`);
        return;
      }
      const full = Math.round((share ?? 0) * BAR);
      const bar = share === null ? "" : `${"█".repeat(full)}${"░".repeat(BAR - full)} `;
      terminal.write(`\r\u001b[K${`${bar}${percent} ${task}`.slice(0, (terminal.columns ?? 80) - 1)}`);
      drawn = true;
    },
  };
}
