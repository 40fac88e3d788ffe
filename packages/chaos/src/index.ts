export { type Event, nameOfEvent, type Outcome, runEvents, runSeed } from './password/run.ts'
export { type Machines, realMachines } from './password/machines.ts'
export { createChance, seedOf } from './random.ts'
export { Violation } from './violation.ts'
