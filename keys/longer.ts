type Numbers = Uint8Array | Uint32Array | Int32Array | Float64Array;

/** A copy with twice the room; new places hold `fill`. */
export function longer<T extends Numbers>(numbers: T, fill = 0): T {
  const copy = new (numbers.constructor as new (length: number) => T)(numbers.length * 2);
  copy.set(numbers);
  if (fill !== 0) copy.fill(fill, numbers.length);
  return copy;
}
