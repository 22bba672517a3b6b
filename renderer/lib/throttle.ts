/** Calls at once, then at most once every `everyMs`, always ending with the newest value. */
export function throttled<T>(call: (value: T) => void, everyMs: number): (value: T) => void {
  let waiting: { value: T } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const fire = (): void => {
    if (waiting === null) {
      timer = null;
      return;
    }
    const { value } = waiting;
    waiting = null;
    timer = setTimeout(fire, everyMs);
    call(value);
  };
  return (value) => {
    waiting = { value };
    if (timer === null) fire();
  };
}
