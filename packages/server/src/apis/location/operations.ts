// Registers the operations: one line for each, by path.
export { describeEndpoints } from './describe-endpoints.ts'
