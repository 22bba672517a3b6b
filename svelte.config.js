/** Svelte compiler options, shared by Vite, svelte-check and ESLint. Svelte 5 strips types itself: no preprocessor. */
export default { compilerOptions: { runes: true } };
