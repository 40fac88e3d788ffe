import {
  admit,
  type ExecutorInput,
  type ExecutorState,
  executorStep,
  type GatewayFacts,
  type ReportedPassword,
  requestStep,
  ticketsAfterAdmission,
  ticketsAfterStoring,
  turnsStep,
  welcomeStep,
} from '@opensag/protocol'
import { type StoreRules, storeRules } from './store.ts'

/**
 * What the simulated parties run: the machines of the protocol, unchanged. They are parameters so that tests can put a
 * broken one in their place and see that it is caught.
 */
export interface Machines {
  readonly work: (state: ExecutorState, input: ExecutorInput) => ReturnType<typeof executorStep>
  readonly turns: (
    state: Parameters<typeof turnsStep>[0],
    input: Parameters<typeof turnsStep>[1],
  ) => ReturnType<typeof turnsStep>
  readonly request: typeof requestStep
  readonly welcome: typeof welcomeStep
  readonly admit: typeof admit
  readonly ticketsAfterAdmission: typeof ticketsAfterAdmission
  readonly ticketsAfterStoring: typeof ticketsAfterStoring
  /** What is in one unit of work of the store. */
  readonly store: StoreRules
  /** How a gateway writes a file. */
  readonly disk: {
    /** A write is done only once it is synced. */
    readonly sync: boolean
    /** By a rename: the old content or the new one, never half of it. */
    readonly atomic: boolean
    /** What was left by a crash or a failed write is made durable before it is relied on. */
    readonly settle: boolean
  }
  /** What a gateway reports, with a deposit of what it holds; a program of an older version tells less. */
  readonly status: (facts: GatewayFacts, isOld: boolean) => ReportedPassword & { readonly deposit?: string | undefined }
  /** Orders of a connection that has ended are void. */
  readonly onlyCurrentOrders: boolean
}

export const realMachines: Machines = {
  work: (state, input) => executorStep(state, input),
  turns: (state, input) => turnsStep(state, input),
  request: requestStep,
  welcome: welcomeStep,
  admit,
  ticketsAfterAdmission,
  ticketsAfterStoring,
  store: storeRules,
  status,
  disk: { sync: true, atomic: true, settle: true },
  onlyCurrentOrders: true,
}

function status({ record, vault }: GatewayFacts, isOld: boolean): ReturnType<Machines['status']> {
  const { generation, unsettled, holds, holdsGeneration } = record
  const told = { generation, unsettled: unsettled?.changeId, holds: holds ?? undefined }
  if (isOld || holdsGeneration === null) return told
  const hash = unsettled === null || unsettled.overruled ? vault : unsettled.previous
  return { ...told, holdsGeneration, deposit: hash ?? undefined }
}
