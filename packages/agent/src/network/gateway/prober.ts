import { pingProber } from '../../probes/ping.ts'
import type { EchoOutcome, Prober, TaskOutcome, TaskProbe } from '../../probes/prober.ts'
import { connectionProbe, httpProbe, type Place } from '../../probes/socket-probe.ts'
import type { System } from '../system.ts'
import { wanAddress } from '../wan.ts'
import { machineNamed } from './machine-named.ts'

/** Probes of a gateway on Linux: from an address of its branch by the routes of the branch, or from `wan` by those of the machine. */
export function gatewayProber(system: System, wan: string): Prober {
  const ping = pingProber(system)

  function connection(place: Place): Promise<EchoOutcome> {
    return system.namespace === undefined ? connectionProbe(place) : connectionProbeIn(system, place)
  }

  async function probe({ protocol, from, to, port, timeoutMs }: TaskProbe): Promise<TaskOutcome> {
    const source = from ?? (await wanAddress(system, wan))
    if (source === undefined) return { is: 'unsent' }
    const url = protocol === 'http' ? new URL(to) : undefined
    const address = await machineNamed(url?.hostname ?? to)
    if (address === undefined) return { is: 'unresolved' }
    const place = { from: source, to: address, timeoutMs }
    if (url !== undefined) return httpProbe(url, place)
    return protocol === 'icmp' ? ping.echo(place) : connection({ ...place, port: port ?? 80 })
  }

  return { echo: (echo) => ping.echo(echo), probe }
}

/** A socket stays in the network of its process, so that another network needs a process of its own. */
async function connectionProbeIn(system: System, { from, to, port, timeoutMs }: Place): Promise<EchoOutcome> {
  const given = JSON.stringify({ host: to, port, localAddress: from })
  const script = `const began = performance.now(), socket = require('net').connect(${given})
    setTimeout(() => process.exit(), ${timeoutMs}).unref()
    socket.on('connect', () => { console.log(performance.now() - began); process.exit() })
      .on('error', ({ code }) => { console.log(code); process.exit() })`
  const said = (await system.run([process.execPath, '-e', script])).trim()
  if (said === 'EADDRNOTAVAIL') return { is: 'unsent' }
  return /^[\d.]+$/.test(said) ? { is: 'answered', afterMs: Number(said) } : { is: 'lost' }
}
