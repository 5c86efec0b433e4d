export interface Bounds {
  /** Sources that are asked at once. */
  readonly most: number;
  /** Values a source may be ahead of the reader, so that it need not wait while the reader is busy. */
  readonly ahead: number;
}

interface Lane<T> {
  readonly source: AsyncGenerator<T>;
  asking: boolean;
  untaken: number;
}

/**
 * What several sources give, as it comes: all that is there when the reader asks, and never nothing. No source waits for
 * another. The first error ends it, as leaving off does.
 */
export async function* interleave<T>(
  sources: readonly AsyncGenerator<T>[],
  { most, ahead }: Bounds,
): AsyncGenerator<readonly T[]> {
  const lanes: Lane<T>[] = [];
  let running = 0;
  let ready: { readonly lane: Lane<T>; readonly value: T }[] = [];
  let failure: { readonly error: unknown } | null = null;
  let wake = () => {};

  const ask = (lane: Lane<T>): void => {
    if (lane.asking || lane.untaken >= ahead) return;
    lane.asking = true;
    running++;
    lane.source.next().then(
      ({ done, value }) => {
        running--;
        // A lane that has ended stays as it is: asking.
        if (done) begin();
        else {
          ready.push({ lane, value });
          lane.untaken++;
          lane.asking = false;
          ask(lane);
        }
        wake();
      },
      (error: unknown) => {
        running--;
        failure ??= { error };
        wake();
      },
    );
  };
  const begin = (): void => {
    const source = sources[lanes.length];
    if (source === undefined) return;
    const lane = { source, asking: false, untaken: 0 };
    lanes.push(lane);
    ask(lane);
  };

  try {
    for (let i = 0; i < most; i++) begin();
    for (;;) {
      if (ready.length > 0) {
        const taken = ready;
        ready = [];
        for (const { lane } of taken) {
          lane.untaken--;
          ask(lane);
        }
        yield taken.map(({ value }) => value);
      } else if (failure !== null) throw (failure as { readonly error: unknown }).error;
      else if (running === 0) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    // What is under way ends by its own signal; nobody waits for it.
    for (const { source } of lanes) source.return(undefined).catch(() => {});
  }
}
