import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Box } from './box.ts'
import type { Service } from './service.ts'

/** Where something can go wrong. */
export interface Site {
  readonly box: Box
  readonly agent: Service
  readonly server: Service
}

/** Goes wrong, for so many milliseconds, and is put right again. */
export type Fault = (site: Site, milliseconds: number) => Promise<void>

async function must(box: Box, command: readonly [string, ...string[]], stdin = ''): Promise<void> {
  const { status, stderr } = await box.run(command, { stdin })
  if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`)
}

function stopped(which: 'agent' | 'server'): Fault {
  return async (site, milliseconds) => {
    site[which].signal('SIGSTOP')
    await pause(milliseconds)
    site[which].signal('SIGCONT')
  }
}

/** Drops every packet, without a word to either side. */
function cut(hooks: readonly ('input' | 'output')[]): Fault {
  return async ({ box }, milliseconds) => {
    const chains = hooks.map((hook) => `chain ${hook} { type filter hook ${hook} priority 0; oifname != "lo" drop; }`)
    // A packet that comes in has no outgoing interface: there every one but those of the loopback.
    const rules = chains.join('\n').replace('hook input priority 0; oifname', 'hook input priority 0; iifname')
    await must(box, ['nft', '-f', '-'], `table inet cut {\n${rules}\n}\n`)
    await pause(milliseconds)
    await must(box, ['nft', 'delete', 'table', 'inet', 'cut'])
  }
}

/** Packets wait: by netem where the kernel has it, otherwise in a bucket that lets out next to nothing. */
const delayed: Fault = async ({ box }, milliseconds) => {
  const { status } = await box.run(['tc', 'qdisc', 'add', 'dev', 'wan', 'root', 'netem', 'delay', '300ms', '200ms'])
  if (status !== 0) {
    await must(box, [
      ...([
        'tc',
        'qdisc',
        'add',
        'dev',
        'wan',
        'root',
        'tbf',
        'rate',
        '8kbit',
        'burst',
        '1600',
        'latency',
        '5s',
      ] as const),
    ])
  }
  await pause(milliseconds)
  await must(box, ['tc', 'qdisc', 'del', 'dev', 'wan', 'root'])
}

const full: Fault = async ({ box }, milliseconds) => {
  const filler = '/var/lib/opensag-agent/filler'
  await box.run(['dd', 'if=/dev/zero', `of=${filler}`, 'bs=4k', 'count=1000'])
  await pause(milliseconds)
  await must(box, ['rm', '-f', filler])
}

export interface WeightedFault {
  readonly name: string
  readonly weight: number
  readonly run: Fault
}

/** Every flush of the server's disk fails, as on a disk that is dying: no unit of work can commit. */
const serverDiskFails: Fault = async ({ server }, milliseconds) => {
  const { pid } = server
  if (pid === undefined) return
  const calls = 'fsync,fdatasync'
  const command = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO`]
  const strace = spawn('strace', [...command, '-p', String(pid)], { stdio: 'ignore' })
  const ended = once(strace, 'close')
  await pause(milliseconds)
  strace.kill('SIGINT')
  await ended
}

/** For suites in which something else goes wrong. */
export const noFault: WeightedFault = { name: 'nothing', weight: 8, run: async () => undefined }

/** One that a fault suite can be made of alone: it has shown mistakes that the others do not. */
export const failingServerDisk: WeightedFault = {
  name: 'the disk of the server fails',
  weight: 0.5,
  run: serverDiskFails,
}

/** By weight: what hits every gateway at once is rare, or hardly any change would come through. */
export const faults: readonly WeightedFault[] = [
  { name: 'the agent is killed', weight: 8, run: async ({ agent }) => agent.signal('SIGKILL') },
  { name: 'the agent is stopped for a while', weight: 4, run: stopped('agent') },
  { name: 'the link is cut', weight: 4, run: cut(['input', 'output']) },
  { name: 'what the gateway sends is lost', weight: 3, run: cut(['output']) },
  { name: 'what is sent to the gateway is lost', weight: 3, run: cut(['input']) },
  { name: 'the link is slow', weight: 3, run: delayed },
  { name: 'the disk of the gateway is full', weight: 4, run: full },
  { name: 'the server is killed', weight: 0.5, run: async ({ server }) => server.signal('SIGKILL') },
  { name: 'the server is stopped for a while', weight: 0.5, run: stopped('server') },
  {
    name: 'agent and server are killed',
    weight: 0.5,
    async run({ agent, server }) {
      agent.signal('SIGKILL')
      server.signal('SIGKILL')
    },
  },
  failingServerDisk,
]
