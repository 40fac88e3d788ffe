import { statusOf } from '../agent-status.ts'
import { Command } from '../command.ts'
import { CommandFailure } from '../exit.ts'

/** `opensag agent health`: whether the agent that runs here is connected to its server, as an exit code. */
export function agentHealthCommand(dataFolder: string): Command {
  return new Command('health')
    .description('Exit with 0 when the agent that runs on this machine is connected to its server, with 1 when not.')
    .option('--data <folder>', 'Data folder of the agent (OPENSAG_AGENT_DATA)', dataFolder)
    .action(async (_options: unknown, command: Command) => {
      // The agent itself has --data too, and takes it wherever it stands.
      const { data } = command.optsWithGlobals<{ readonly data: string }>()
      const { connection } = await statusOf(data)
      if (connection.is === 'online') return console.log('online')
      throw new CommandFailure(
        connection.reason === undefined ? connection.is : `${connection.is}: ${connection.reason}`,
      )
    })
}
