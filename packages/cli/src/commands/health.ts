import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { operatorSocketIn, reachablePath } from '@opensag/server/tools'
import { Command } from '../command.ts'
import { CommandFailure } from '../exit.ts'
import { socketFailure } from '../operator-client.ts'
import { say } from '../say.ts'
import { commandAbouts } from './names.ts'

/** Milliseconds. `/readyz` itself waits 2 seconds for a database that does not answer. */
const patienceMs = 5000

/** `opensag health`: whether the server that runs on this data folder can do what calls ask of it, as an exit code. */
export function healthCommand(): Command {
  return new Command('health')
    .description(commandAbouts.health)
    .option('--data <folder>', 'Data folder of the server (OPENSAG_DATA)', process.env['OPENSAG_DATA'] ?? '.opensag')
    .action(async ({ data }: { readonly data: string }) => {
      const because = await reasonsOf(data)
      if (because.length > 0) throw new CommandFailure(say('not ready: {why}', { why: because.join(', ') }))
      console.log('ready')
    })
}

/**
 * Asks by the operator socket: it needs neither the address nor the certificate, and is open where only a proxy may connect.
 *
 * @returns why the server is not ready; none when it is
 */
function reasonsOf(data: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const socket = operatorSocketIn(data)
    const call = request({ socketPath: reachablePath(socket), path: '/readyz', timeout: patienceMs }, (response) => {
      const answer = json(response) as Promise<{ readonly because?: readonly string[] }>
      answer.then(({ because = [] }) => {
        if (response.statusCode === 200 || because.length > 0) resolve(because)
        else reject(new CommandFailure(`The server answered ${response.statusCode}.`))
      }, reject)
    })
    call.on('timeout', () => call.destroy(new Error(`The server does not answer within ${patienceMs / 1000} seconds.`)))
    call.on('error', (error: NodeJS.ErrnoException) => reject(socketFailure(socket, error)))
    call.end()
  })
}
