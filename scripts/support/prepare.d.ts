export const root: string
/** Runs a command of the tool chain and ends the program when it fails. */
export function must(command: string, args: readonly string[]): void
/** Installs what is missing and builds the program. */
export function prepareProgram(): void
/** Installs and builds what is missing. */
export function prepare(): void
/** Compiles what changed; makes the console and the bundle of it. */
export function build(): void
/** Makes the console and `packages/cli/bundle` when something they are made of has changed. */
export function buildProgram(): void
