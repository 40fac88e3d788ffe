/** Makes one file of a program in TypeScript and of all that it imports. It finds the checkout from two folders below. */
export function bundleProgram(input: string, file: string): Promise<void>
