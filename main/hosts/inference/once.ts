/** Makes something at its first use and keeps it; a failure is not kept, for its cause may be repaired meanwhile. */
export function once<R>(make: () => Promise<R>): () => Promise<R> {
  let made: Promise<R> | null = null;
  return () => {
    if (made === null) {
      made = make();
      made.catch(() => (made = null));
    }
    return made;
  };
}
