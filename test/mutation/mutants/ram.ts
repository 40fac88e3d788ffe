import { folder } from '../mutant.ts'
import { ramKeys } from './ram-keys.ts'
import { ramPolicies } from './ram-policies.ts'

const at = 'packages/server/src/access'

/** Who may do what: keys, sessions, policies and their evaluation. */
export const ram = folder('ram', 0.9, at, [...ramKeys, ...ramPolicies])
