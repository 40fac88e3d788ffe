import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { type Admitted, type AppClient, createAppClient, Refused } from '../app-client.ts'
import { CommandFailure, UsageError } from '../exit.ts'
import { untilStopped } from '../process.ts'
import { readSecret } from '../secret-input.ts'
import { commandAbouts } from './names.ts'

interface LoginOptions {
  readonly server: string
  readonly enterpriseCode?: string
  readonly instance?: string
  readonly user: string
  readonly terminal: string
}

/** After so many heartbeats that did not get through the server has given the session up. */
const missed = 3

/** `opensag app …`: what a remote user does. */
export function appCommand(): Command {
  return new Command('app')
    .description(commandAbouts.app)
    .addCommand(
      new Command('login')
        .description(
          'Log on and stay online until interrupted. Prompts for the password, or reads it from standard input.',
        )
        .requiredOption('--server <url>', 'Server URL, e.g. https://sag.example.com')
        .option('--enterprise-code <code>', 'Enterprise code of the company')
        .option('--instance <id>', 'Id of the SAG APP instance, instead of an enterprise code')
        .requiredOption('--user <name>', 'User name of the client account')
        .option('--terminal <text>', 'Name of this machine in the connection audit', `opensag ${process.platform}`)
        .action(login),
    )
}

async function login({ server, enterpriseCode, instance, user, terminal }: LoginOptions): Promise<void> {
  if ((enterpriseCode === undefined) === (instance === undefined)) {
    throw new UsageError('Give either --enterprise-code or --instance.')
  }
  const client = createAppClient(server)
  const password = await readSecret(`Password of ${user}`)
  const target = instance === undefined ? { enterpriseCode: enterpriseCode ?? '' } : { instanceId: instance }
  const admitted = await client.logOn({ ...target, userName: user, password, terminal }).catch(unreachable)
  console.log(`Online as ${admitted.UserName} at ${admitted.SmartAGId}. Address: ${admitted.ClientIp}`)
  await stayOnline(client, admitted)
}

async function stayOnline(client: AppClient, { Token, HeartbeatSeconds }: Admitted): Promise<void> {
  const over = new AbortController()
  const stopped = untilStopped(async () => over.abort())
  // Ends only by being aborted or by the loss of the session.
  await Promise.race([stopped, keepAlive(client, Token, HeartbeatSeconds * 1000, over.signal)])
  try {
    await client.logOff(Token)
  } catch (error) {
    // Ended already, which is what was wanted.
    if (!(error instanceof Refused)) return unreachable(error)
  }
  console.log('Logged off.')
}

/** @throws CommandFailure when the session has ended, or the server cannot be reached for as long as it keeps one */
async function keepAlive(client: AppClient, token: string, everyMs: number, signal: AbortSignal): Promise<void> {
  let failures = 0
  for (;;) {
    try {
      await sleep(everyMs, undefined, { signal })
    } catch {
      // The only way to wake it before its time.
      return
    }
    try {
      await client.heartbeat(token)
      failures = 0
    } catch (error) {
      if (error instanceof Refused) throw error
      failures += 1
      if (failures >= missed) return unreachable(error)
      console.error('The server cannot be reached; trying again.')
    }
  }
}

function unreachable(error: unknown): never {
  if (error instanceof CommandFailure) throw error
  const { message, cause } = error as Error
  throw new CommandFailure(`The server cannot be reached: ${cause instanceof Error ? cause.message : message}`)
}
