import type { Texts } from '../declare/index.ts'

/** As `operations/unreached.ts`, for the operations beside SmartAG's. */
export const platformUnreached: Readonly<Record<string, Readonly<Record<string, Texts>>>> = {}
