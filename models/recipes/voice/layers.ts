/** Every layer of the recogniser's encoder that the recipe looks at; the net keeps some of them. */
export const ALL_LAYERS = [0, 1, 2, 3, 4, 5].map((layer) => `/layers.${layer}/Add_1_output_0`);
/** The one whose course over time is kept as well (sequence.py goes on from it). */
export const SEQUENCE_LAYER = ALL_LAYERS[1]!;
