/** Where the newer Node is, if it could be installed. */
export const newerNode: string
/** The command that installs it. */
export const installCommand: string
export function installNewerNode(): void
