/**
 * What several sources give, as it comes: all that is there when the reader asks, and never nothing. Each source is one ahead
 * of the reader, so that none waits for another; at most `most` are asked at once. The first error ends it, as leaving off does.
 */
export async function* interleave<T>(
  sources: readonly AsyncGenerator<T>[],
  most: number,
): AsyncGenerator<readonly T[]> {
  const started = new Set<AsyncGenerator<T>>();
  let next = 0;
  let running = 0;
  let ready: { readonly from: AsyncGenerator<T>; readonly value: T }[] = [];
  let failure: { readonly error: unknown } | null = null;
  let wake = () => {};

  const ask = (source: AsyncGenerator<T>): void => {
    running++;
    source.next().then(
      ({ done, value }) => {
        running--;
        if (done) begin();
        else ready.push({ from: source, value });
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
    const source = sources[next++];
    if (source === undefined) return;
    started.add(source);
    ask(source);
  };

  try {
    for (let i = 0; i < most; i++) begin();
    for (;;) {
      if (ready.length > 0) {
        const taken = ready;
        ready = [];
        for (const { from } of taken) ask(from);
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
    for (const source of started) source.return(undefined).catch(() => {});
  }
}
