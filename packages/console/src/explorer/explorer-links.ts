import { href } from '../app/route.ts'

/** Addresses inside the Explorer. `errors`, `documentation`, `calls` and `compare` are no APIs, so that nobody mistakes them for one. */
export const explorerLinks = {
  operations: (query: Readonly<Record<string, string | undefined>> = {}): string => href(['explorer'], query),
  call: (product: string, operation: string, query: Readonly<Record<string, string | undefined>> = {}): string =>
    href(['explorer', product, operation], query),
  documentation: (
    product: string,
    operation: string,
    query: Readonly<Record<string, string | undefined>> = {},
  ): string => href(['explorer', 'documentation', product, operation], query),
  /** Those that were made: all of them, or of one operation (`Product:Operation`). */
  calls: (of?: string): string => href(['explorer', 'calls'], { of }),
  compare: (a: string, b: string): string => href(['explorer', 'compare'], { a, b }),
  errors: (): string => href(['explorer', 'errors']),
  error: (code: string): string => href(['explorer', 'errors', code]),
}
