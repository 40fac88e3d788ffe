export { type Machines, realMachines } from './password/machines.ts'
export { type Event, nameOfEvent, type Outcome, runEvents, runSeed } from './password/run.ts'
export { createChance, seedOf } from './random.ts'
export { Violation } from './violation.ts'
