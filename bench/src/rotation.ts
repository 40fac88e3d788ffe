import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { measureEcho } from './echo.ts'

import { built, home, type Peer, startOpenSag, startSimulation } from './peers.ts'
import type { Key } from './sign.ts'
import { purchaseFor } from './workload.ts'

const concurrency = 32
/** The fixed costs of a rotation, such as starting Node, are those of one of so many gateways. */
const few = 20
const usage = join(built, 'usage.cjs')
/** Of nobody: what is encrypted for it stays closed. */
const recipient = 'age1uh4mpesv3mqye7h2un9r43ul80ucx2fjv94spxppm5r0x0dln98qxxspcc'

interface RotationCost {
  readonly ms: number
  readonly cpuMs: number
  readonly peakKiB: number
}

/** A rotation of simulated gateways, for each of them, beside a bare `ws` echo of as many messages. */
export async function measureRotation(
  folder: string,
  root: string,
  gateways: number,
): Promise<{ readonly serverCpuMsEach: number }> {
  const data = join(folder, 'rotation')
  const server = await startOpenSag(root, data)
  let fleet: Peer | undefined
  try {
    fleet = await startSimulation(server.port, data, gateways)
    const key = JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8')) as Key
    const ids = await purchaseFor(server, key, gateways)
    const list = join(folder, 'few.txt')
    writeFileSync(list, ids.slice(0, few).join('\n'))

    const small = await rotate(folder, data, ['--from', list])
    const [serverBefore, fleetBefore] = [server.cpuMs(), fleet.cpuMs()]
    const whole = await rotate(folder, data, ['--region', 'cn-shanghai'])
    const [serverCpu, fleetCpu] = [server.cpuMs() - serverBefore, fleet.cpuMs() - fleetBefore]
    const echo = await measureEcho(gateways, concurrency)

    const more = gateways - few
    const each = (value: (cost: RotationCost) => number): number => (value(whole) - value(small)) / more
    const say = (what: string, value: number, unit: string, beside?: number): void => {
      const ratio = beside === undefined ? '' : `${(value / beside).toFixed(1).padStart(8)} × ws echo`
      console.log(`${what.padEnd(44)} ${value.toFixed(2).padStart(8)} ${unit.padEnd(4)}${ratio}`)
    }
    console.log(`Rotation of ${gateways} gateways, ${concurrency} at a time; for each gateway:`)
    say(
      'time',
      each(({ ms }) => ms),
      'ms',
      echo.msEach,
    )
    say(
      'processor time of opensag rotate',
      each(({ cpuMs }) => cpuMs),
      'ms',
      echo.serverCpuMsEach,
    )
    say('processor time of the server', serverCpu / gateways, 'ms', echo.serverCpuMsEach)
    say('processor time of the gateway (its hash)', fleetCpu / gateways, 'ms')
    say(
      'memory of opensag rotate',
      each(({ peakKiB }) => peakKiB),
      'KiB',
      echo.serverKiBEach,
    )
    console.log(
      `Bare ws echo, for each: ${echo.msEach.toFixed(2)} ms, ${echo.serverKiBEach.toFixed(1)} KiB of the server.`,
    )
    console.log(
      `opensag rotate for ${few} gateways: ${small.ms.toFixed(0)} ms, ${(small.peakKiB / 1024).toFixed(0)} MiB.\n`,
    )
    return { serverCpuMsEach: serverCpu / gateways }
  } finally {
    await fleet?.stop()
    await server.stop()
  }
}

let rotations = 0

async function rotate(folder: string, data: string, selection: readonly string[]): Promise<RotationCost> {
  const place = join(folder, `rotation-${++rotations}`)
  const file = join(folder, 'usage.json')
  const args = ['rotate', ...selection, '--recipient', recipient, '--folder', place, '--json', '--data', data]
  const started = performance.now()
  const child = spawn(
    process.execPath,
    ['--require', usage, join(home, 'packages/cli/bin/opensag.js'), ...args, '--concurrency', String(concurrency)],
    {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: { ...process.env, OPENSAG_BENCH_USAGE: file, XDG_CONFIG_HOME: join(folder, 'config') },
    },
  )
  const [code] = await once(child, 'close')
  const ms = performance.now() - started
  if (code !== 0) throw new Error(`The rotation ended with ${code}; nothing was measured.`)
  return { ms, ...(JSON.parse(readFileSync(file, 'utf8')) as { cpuMs: number; peakKiB: number }) }
}
