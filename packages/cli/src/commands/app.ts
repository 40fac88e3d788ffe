import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ToldDns, TunnelProfile } from '@opensag/agent/network'
import {
  type Admitted,
  type AppClient,
  createAppClient,
  type LogonRequest,
  Refused,
  type ShownProfile,
} from '../app-client.ts'
import { Command } from '../command.ts'
import { CommandFailure, UsageError } from '../exit.ts'
import { untilStopped } from '../process.ts'
import { say } from '../say.ts'
import { readSecret } from '../secret-input.ts'
import { commandAbouts } from './names.ts'

interface ServiceOptions {
  readonly server: string
  readonly enterpriseCode?: string
  readonly instance?: string
  readonly user: string
  readonly terminal: string
}

interface LoginOptions extends ServiceOptions {
  readonly tunnel: boolean
}

interface ProfileOptions extends ServiceOptions {
  readonly output?: string
}

/** After so many heartbeats that did not get through the server has given the session up. */
const missed = 3

/** `opensag app …`: what a remote user does. */
export function appCommand(): Command {
  return new Command('app')
    .description(commandAbouts.app)
    .addCommand(
      ofService('login')
        .description(
          'Log on and stay online until interrupted, with a tunnel by the program openvpn (needs root). Prompts for the password, or reads it from standard input.',
        )
        .option('--no-tunnel', 'Take a session and an address only')
        .action(login),
    )
    .addCommand(
      ofService('profile')
        .description(
          'Write a profile (.ovpn) for OpenVPN, Tunnelblick or OpenVPN Connect. It contains no password. Prompts for the password, or reads it from standard input.',
        )
        .option('--output <file>', 'File to write; must not exist (default: standard output)')
        .action(profile),
    )
}

function ofService(name: string): Command {
  return new Command(name)
    .requiredOption('--server <url>', 'Server URL, e.g. https://sag.example.com')
    .option('--enterprise-code <code>', 'Enterprise code of the company')
    .option('--instance <id>', 'Id of the SAG APP instance, instead of an enterprise code')
    .requiredOption('--user <name>', 'User name of the client account')
    .option('--terminal <text>', 'Name of this machine in the connection audit', `opensag ${process.platform}`)
}

interface Asked {
  readonly client: AppClient
  readonly request: LogonRequest
}

async function ask({ server, enterpriseCode, instance, user, terminal }: ServiceOptions): Promise<Asked> {
  if ((enterpriseCode === undefined) === (instance === undefined)) {
    throw new UsageError(say('Give either --enterprise-code or --instance.'))
  }
  const client = createAppClient(server)
  const password = await readSecret(say('Password of {user}', { user }))
  const target = instance === undefined ? { enterpriseCode: enterpriseCode ?? '' } : { instanceId: instance }
  return { client, request: { ...target, userName: user, password, terminal } }
}

async function profile(options: ProfileOptions): Promise<void> {
  const { client, request } = await ask(options)
  const shown = await client.profile(request).catch(unreachable)
  if (shown === undefined)
    throw new CommandFailure(say('NoTunnel: no point of presence serves tunnels to this service.'))
  const { renderProfile } = await import('@opensag/agent/network')
  const text = renderProfile(tunnelOf(shown))
  if (options.output === undefined) process.stdout.write(text)
  else {
    try {
      await writeFile(options.output, text, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      throw new CommandFailure(`--output: ${(error as Error).message}`)
    }
  }
}

async function login({ tunnel, ...options }: LoginOptions): Promise<void> {
  const { client, request } = await ask(options)
  const shown = tunnel ? await client.profile(request).catch(unreachable) : undefined
  if (shown !== undefined) return stayInTunnel(shown, request)
  if (tunnel) console.error(say('The service has no tunnels: this is a session and an address only.'))
  const admitted = await client.logOn(request).catch(unreachable)
  console.log(
    say('Online as {user} at {instance}. Address: {address}', {
      user: admitted.UserName,
      instance: admitted.SmartAGId,
      address: admitted.ClientIp,
    }),
  )
  await stayOnline(client, admitted)
}

function tunnelOf({ Endpoint, Port, ServerName, Authority }: ShownProfile): TunnelProfile {
  return { endpoint: Endpoint, port: Port, serverName: ServerName, authority: Authority }
}

/** The session begins and ends with the tunnel: the point of presence asks for it. */
async function stayInTunnel(shown: ShownProfile, { userName, password }: LogonRequest): Promise<void> {
  const { openResolver, openTunnel } = await import('@opensag/agent/network')
  const tunnel = await openTunnel({
    profile: tunnelOf(shown),
    userName,
    password,
    resolver: openResolver(),
    onOnline: (address, dns) => {
      console.log(
        say('Online as {user} at {instance}. Address: {address}', {
          user: userName,
          instance: shown.SmartAGId,
          address,
        }),
      )
      printDns(dns)
    },
  })
  await Promise.race([untilStopped(() => tunnel.close()), tunnel.ended])
  const end = await tunnel.ended
  if (end.is === 'refused') throw new Refused(end.code, 'The point of presence has refused the logon.')
  if (end.is === 'halted') throw new CommandFailure(say('The session has been ended by the server. Log on again.'))
  if (end.is === 'failed') throw new CommandFailure(say('The tunnel has ended: {why}', { why: end.reason }))
  console.log(say('Logged off.'))
}

function printDns({ servers, problem }: ToldDns): void {
  if (servers.length > 0) console.log(say('DNS servers: {servers}', { servers: servers.join(', ') }))
  if (problem !== undefined) console.error(say('They could not be set on this machine: {why}', { why: problem }))
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
  console.log(say('Logged off.'))
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
      console.error(say('The server cannot be reached; trying again.'))
    }
  }
}

function unreachable(error: unknown): never {
  if (error instanceof CommandFailure) throw error
  const { message, cause } = error as Error
  throw new CommandFailure(
    say('The server cannot be reached: {why}', { why: cause instanceof Error ? cause.message : message }),
  )
}
