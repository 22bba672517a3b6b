/** `--speakers N|auto` as the settings know it; what is neither is left for them to refuse. */
export function peopleArgument(given: string | undefined): string | number | undefined {
  return given === undefined || given === 'auto' ? given : Number(given);
}
