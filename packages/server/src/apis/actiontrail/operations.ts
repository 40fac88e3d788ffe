// Registers the operations: one line for each, by path.
export { lookupEvents } from './lookup-events.ts'
