import { askStatus, NotRunning, type RunningStatus } from '@opensag/agent'
import { CommandFailure } from './exit.ts'

/** Asks the agent that runs on this data folder. @throws CommandFailure when none does, or it does not say */
export async function statusOf(data: string): Promise<RunningStatus> {
  return askStatus(data).catch((error: unknown) => {
    if (!(error instanceof NotRunning)) throw new CommandFailure((error as Error).message)
    throw new CommandFailure(`${error.message} Name the folder of the agent with --data, or start it.`)
  })
}
