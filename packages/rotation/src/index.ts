export { type Amount, amountOf, parseAmount } from './amount.ts'
export { type Answer, type Meaning, meaningOf } from './answer.ts'
export { type Backoff, pauseBefore } from './backoff.ts'
export { type Gateway, keyOf } from './gateway.ts'
export {
  type Doubt,
  doubtsOf,
  type GatewayState,
  JournalMistake,
  type JournalState,
  type RunRecord,
  readJournal,
  stateAfter,
} from './journal.ts'
export type { Actor, JournalRecord, PlannedGateway, RunEnd } from './journal-record.ts'
export {
  leftInDoubt,
  notBegun,
  type Outcome,
  type RotationEffect,
  type RotationInput,
  type RotationSettings,
  type RotationState,
  type RotationStep,
  rotationStep,
} from './machine.ts'
export { type Choice, chooseOperation, type PasswordOperation } from './operation.ts'
export {
  isLawfulPassword,
  longestPassword,
  makePassword,
  shortestPassword,
  usualPasswordLength,
} from './password.ts'
export { type AgedGateway, olderThan, type PasswordAge } from './password-age.ts'
export { type FormerPassword, historyFor, longestHistory, newestOf } from './password-history.ts'
export { type ReadPasswords, readPasswordList } from './password-list.ts'
export { planRotation } from './plan.ts'
export { everyGateway, type ListedGateway, type Selection, selectGateways, unknownOf } from './selection.ts'
export { type ReadList, readSelectionList } from './selection-list.ts'
export { isTooMany, type Progress } from './stop-rule.ts'
export { isComplete, isFailure, type Status, type Summary, statuses, summarise } from './summary.ts'
export { planWaves, type WaveSettings, waveSizes } from './waves.ts'
