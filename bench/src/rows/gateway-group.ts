import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { connectedGateways } from '../gateways.ts'
import type { Group } from '../groups.ts'
import { inside, type Peer, startOpenSag, startSimulation } from '../peers.ts'
import type { Measured, Row, Text } from './row.ts'

const memory: Row = {
  id: 'gateway-memory',
  about: { en: '10,000 gateways: memory of the server for each', zh: '10,000 台网关：每台占用的服务器内存' },
  better: 'less',
  goal: 16,
  unit: 'KiB',
}
const reconnect: Row = {
  id: 'reconnect-cpu',
  about: { en: '10,000 gateways: CPU of the server for each reconnect', zh: '10,000 台网关：每次重连的服务器 CPU' },
  better: 'less',
  goal: 2,
  unit: 'ms',
}
const back: Row = {
  id: 'all-back',
  about: { en: '10,000 gateways: all back after a restart', zh: '10,000 台网关：重启后全部恢复连接' },
  better: 'less',
  goal: 30,
  unit: 's',
}
const [few, all] = [500, 10_000]
const lookMs = 100

export const gatewayGroup: Group = {
  name: 'gateways',
  rows: [memory, reconnect, back],
  withinMs: ({ long }) => (long ? 40 : 10) * 60_000,
  async measure(chosen, { options: { root, long }, folder }) {
    const gateways = long ? all : few
    const data = join(folder, 'gateways')
    let server = await startOpenSag(root, data, { nodeFlags: inside })
    let fleet: Peer | undefined
    try {
      const { port } = server
      fleet = await startSimulation(port, data, gateways)
      await server.stop()
      // On the same port, where they look for it; what enrolment left behind is not there any more.
      server = await startOpenSag(root, data, { nodeFlags: inside, port })
      const began = performance.now()
      const cpuBefore = server.cpuMs()
      await connected(data, gateways)
      const seconds = (performance.now() - began) / 1000
      const cpuEach = (server.cpuMs() - cpuBefore) / gateways
      const held = (await server.ask('memory')) as number
      await fleet.stop()
      fleet = undefined
      await server.stop()
      server = await startOpenSag(root, data, { nodeFlags: inside })
      const empty = (await server.ask('memory')) as number
      const kibibytes = ((held - empty) * 1024) / gateways
      return results({ gateways, kibibytes, cpuEach, seconds, held }, long).filter(({ row }) => chosen.has(row.id))
    } finally {
      await fleet?.stop()
      await server.stop()
    }
  },
}

interface Seen {
  readonly gateways: number
  readonly kibibytes: number
  readonly cpuEach: number
  readonly seconds: number
  readonly held: number
}

function results({ gateways, kibibytes, cpuEach, seconds, held }: Seen, long: boolean): readonly Measured[] {
  const from = `${gateways} gateways, ${held.toFixed(0)} MiB in all`
  const one = (row: Row, value: number, scale: Text): Measured => {
    const measured = { row, value, noise: Math.abs(value) / 10, from }
    return long ? measured : { ...measured, scale }
  }
  const fewer = { en: `measured with ${gateways}`, zh: `以 ${gateways} 台实测` }
  const extrapolated = { en: `extrapolated from ${gateways}`, zh: `由 ${gateways} 台外推` }
  return [
    one(memory, kibibytes, fewer),
    one(reconnect, cpuEach, fewer),
    one(back, (seconds * all) / gateways, extrapolated),
  ]
}

async function connected(data: string, gateways: number): Promise<void> {
  while (((await connectedGateways(data)) ?? 0) < gateways) await pause(lookMs)
}
