/** The recipes' made-up voice (models/recipes/made_voice.py): harmonics under a moving formant, loud and soft by turns, over a soft hiss. */
const RATE_HZ = 16_000;

export function madeVoice(pitchHz: number, seconds: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: Math.round(seconds * RATE_HZ) }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const hiss = 0.01 * (state / 2 ** 32 - 0.5);
    const time = i / RATE_HZ;
    const formantHz = 700 + 300 * Math.sin(2 * Math.PI * 1.5 * time);
    let wave = 0;
    for (let harmonic = 1; harmonic < 25; harmonic++) {
      const hz = harmonic * pitchHz;
      wave += Math.exp(-(((hz - formantHz) / 400) ** 2)) * Math.sin(2 * Math.PI * hz * time);
    }
    return 0.1 * wave * (0.6 + 0.4 * Math.sin(2 * Math.PI * 3 * time)) + hiss;
  });
}
