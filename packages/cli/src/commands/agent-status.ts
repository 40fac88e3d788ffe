import type { RunningStatus } from '@opensag/agent'
import { statusOf } from '../agent-status.ts'
import { Command } from '../command.ts'
import { printTable } from '../print.ts'
import { say, translated } from '../say.ts'

interface StatusOptions {
  readonly data: string
  readonly json?: true
}

/** `opensag agent status`: what the agent that runs here says of itself. */
export function agentStatusCommand(dataFolder: string): Command {
  return new Command('status')
    .description(
      'Show what the agent that runs on this machine says of itself: connection, configuration, lock, tunnels, traffic, routes, leases.',
    )
    .option('--data <folder>', 'Data folder of the agent (OPENSAG_AGENT_DATA)', dataFolder)
    .option('--json', 'Print JSON')
    .action(async (_options: unknown, command: Command) => {
      // The agent itself has --data too, and takes it wherever it stands.
      const { data, json } = command.optsWithGlobals<StatusOptions>()
      const status = await statusOf(data)
      if (json) console.log(JSON.stringify(status, undefined, 2))
      else print(status)
    })
}

function print({ serial, connection, configuration, locked, network }: RunningStatus): void {
  printTable({
    [say('gateway')]: serial,
    [say('connection')]: connection.reason === undefined ? connection.is : `${connection.is} (${connection.reason})`,
    [say('configuration')]:
      configuration &&
      say('revision {revision} of {instance}, {state}', {
        revision: configuration.revision,
        instance: configuration.instanceId,
        state: translated(configuration.state),
      }),
    [say('offline lock')]: locked ? say('closed') : say('open'),
    ...(network === null
      ? { [say('network')]: say('it carries no packets (--network)') }
      : {
          [say('received bytes')]: network.traffic.received,
          [say('sent bytes')]: network.traffic.sent,
          [say('learnt')]: network.learnt.join(', ') || null,
        }),
  })
  if (network === null) return
  part(
    say('Tunnels'),
    network.tunnels.map(({ pop, isUp, since }) => ({ pop, state: isUp ? 'up' : 'down', since: at(since) })),
  )
  part(say('Routes'), network.routes)
  part(
    say('Leases'),
    network.leases.map((lease) => ({ ...lease, until: lease.until === null ? 'always' : at(lease.until) })),
  )
}

function part(title: string, rows: readonly unknown[]): void {
  console.log(`\n${title}`)
  printTable(rows)
}

function at(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
