/** The one rate of sound: recordings are decoded to it, and every model hears it. */
export const SAMPLE_RATE_HZ = 16_000;

/** Index of the sample at a time since the start. */
export const toSample = (ms: number): number => Math.round((ms * SAMPLE_RATE_HZ) / 1000);
