/** Every file below a folder. */
export function filesUnder(folder: string): readonly string[]
