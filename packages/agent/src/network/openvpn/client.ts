import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Secret, wipeable } from '@opensag/protocol'
import { plainEnvironment, runBy } from '../../run-command.ts'
import { listenForManagement, type Management } from './management.ts'
import type { ManagementEvent } from './management-lines.ts'
import { renderProfile, type TunnelProfile } from './profile.ts'
import type { Resolver } from './resolver.ts'
import type { TunnelEvent } from './tunnel-lines.ts'

/** The tunnel of a remote user, as its own machine sees it. */
export interface TunnelClient {
  /** Settles once, when OpenVPN has ended. Rejects when the DNS servers of before could not be put back. */
  readonly ended: Promise<TunnelEnd>
  close(): Promise<void>
}

/** `refused`: a code of docs/remote-access.md; `halted`: the server has ended the session for good. */
export type TunnelEnd =
  | { readonly is: 'refused'; readonly code: string }
  | { readonly is: 'halted' }
  | { readonly is: 'closed' }
  | { readonly is: 'failed'; readonly reason: string }

export interface TunnelClientOptions {
  readonly profile: TunnelProfile
  readonly userName: string
  /** Told to OpenVPN over its management socket, whenever it asks; in no file and on no command line. */
  readonly password: Secret
  /** The tunnel is up; also after it was lost and came back. */
  readonly onOnline: (address: string, dns: ToldDns) => void
  /** Set to the DNS servers that are told, while the tunnel is up. Absent: names are asked for as before. */
  readonly resolver?: Resolver
  /** What OpenVPN is run by, such as `ip netns exec` into a machine of a test; by default nothing. */
  readonly runBy?: readonly string[]
}

/** The DNS servers that the point of presence has told, and why this machine does not ask them, if it does not. */
export interface ToldDns {
  readonly servers: readonly string[]
  readonly problem?: string
}

/** A token is not taken after a restart of the server; the password that OpenVPN remembers is then. */
const tokenRefused = 'SessionEnded'

/** Starts the program `openvpn`, which needs the right to make interfaces. */
export async function openTunnel(options: TunnelClientOptions): Promise<TunnelClient> {
  const { profile, onOnline, resolver } = options
  const folder = await mkdtemp(join(tmpdir(), 'opensag-tunnel-'))
  const file = join(folder, 'profile.ovpn')
  const path = join(folder, 'management.sock')
  await writeFile(file, renderProfile(profile), { mode: 0o600 })
  let end: TunnelEnd | undefined
  let dns: Promise<ToldDns> = Promise.resolve({ servers: [] })
  const management = await listenForManagement({
    path,
    onEvent: (event) => void onEvent(event),
    onConnected: () => void tell('state on'),
    onEnded: () => undefined,
  })

  async function onEvent(event: Exclude<ManagementEvent, { is: 'answer' }>): Promise<void> {
    if (event.is === 'hold') await tell('hold release')
    else if (event.is === 'tunnel') dns = dns.then(() => settleDns(event, resolver))
    else if (event.is === 'state' && event.state === 'CONNECTED') onOnline(event.address, await dns)
    else if (event.is === 'halted') end = { is: 'halted' }
    else if (event.is === 'password' && event.what === 'refused') {
      if (event.reason !== tokenRefused) await finish({ is: 'refused', code: event.reason || 'LogonFailed' })
    } else if (event.is === 'password') await logOn(management, options)
  }

  /** OpenVPN may be on its way out, and then answers nothing. */
  async function tell(line: string): Promise<void> {
    await management.command(line).catch(() => undefined)
  }

  async function finish(how: TunnelEnd): Promise<void> {
    end ??= how
    await tell('signal SIGTERM')
  }

  const [program, ...args] = runBy(options.runBy ?? [], [
    ...(['openvpn', '--config', file, '--errors-to-stderr', '--suppress-timestamps'] as const),
    ...['--management', path, 'unix', '--management-client', '--management-hold', '--management-query-passwords'],
    '--management-up-down',
  ])
  const child = spawn(program, args, {
    env: plainEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = over(child).then(async (reason): Promise<TunnelEnd> => {
    await management.close()
    await rm(folder, { recursive: true, force: true })
    await dns
    // Also when it was killed and has told nothing of its end.
    await resolver?.restore()
    return end ?? { is: 'failed', reason }
  })

  return {
    ended,
    async close() {
      await finish({ is: 'closed' })
      await ended
    },
  }
}

async function settleDns({ isUp, device, dns }: TunnelEvent, resolver: Resolver | undefined): Promise<ToldDns> {
  const servers = isUp ? dns : []
  try {
    await resolver?.use(device, servers)
    return { servers }
  } catch (error) {
    return { servers, problem: (error as Error).message }
  }
}

async function logOn(management: Management, { userName, password }: TunnelClientOptions): Promise<void> {
  const line = passwordLine(password)
  try {
    await management.command(`username "Auth" "${userName.replace(/[\\"]/g, '\\$&')}"`)
    await management.secretCommand(line)
  } catch {
    // OpenVPN has ended, which is told by its end.
  } finally {
    line.fill(0)
  }
}

const [quote, backslash] = [0x22, 0x5c]

/** As OpenVPN reads it: quotes and backslashes behind a backslash. */
function passwordLine(password: Secret): Uint8Array {
  const bytes = password.revealBytes()
  const begin = Buffer.from('password "Auth" "')
  const line = wipeable(begin.length + 2 * bytes.length + 2)
  line.set(begin)
  let at = begin.length
  for (const byte of bytes) {
    if (byte === quote || byte === backslash) line[at++] = backslash
    line[at++] = byte
  }
  line[at++] = quote
  line[at++] = 0x0a
  return line.subarray(0, at)
}

const complaintLimit = 500

/** Resolves with what it said last, or how it ended. */
function over(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let last = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      last = text.trimEnd().split('\n').at(-1)?.slice(0, complaintLimit) || last
    })
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ENOENT' ? 'OpenVPN is missing: apt-get install -y openvpn' : error.message),
    )
    child.once('close', (code, signal) => resolve(last || `openvpn ended with ${signal ?? code}`))
  })
}
