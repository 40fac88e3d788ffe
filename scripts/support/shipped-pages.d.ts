export function writePages(folder: string, given: { readonly isOfAgent: boolean }): Promise<void>
