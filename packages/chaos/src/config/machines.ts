import { agreed, configPushStep, configStep, confirmations, promiseAfterReport } from '@opensag/protocol'

/** The machines of a gateway's configuration, as parameters so that tests can put a broken one in their place. */
export interface ConfigMachines {
  readonly gateway: typeof configStep
  readonly push: typeof configPushStep
  readonly confirmations: typeof confirmations
  readonly agreed: typeof agreed
  readonly promise: typeof promiseAfterReport
  /** A write is done only once it is synced. */
  readonly sync: boolean
}

export const realConfigMachines: ConfigMachines = {
  gateway: configStep,
  push: configPushStep,
  confirmations,
  agreed,
  promise: promiseAfterReport,
  sync: true,
}
