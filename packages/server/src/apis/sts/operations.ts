// Registers the operations: one line for each, by path.
export { assumeRole } from './assume-role.ts'
export { getCallerIdentity } from './get-caller-identity.ts'
