import { hash } from 'node:crypto'

/** A hash as that of a nonce is, of any name. */
export const hashOf = (name: string | number): string => hash('sha256', String(name), 'base64url').slice(0, 22)
