/**
 * An answer in which some members are always there. A declaration does not say which: every member but a list may be
 * absent. Names that the operation does not answer do not compile.
 */
export type Always<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]-?: NonNullable<T[P]> }
