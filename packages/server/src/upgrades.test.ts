import { createServer, IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { createManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createSourceConnections } from './source-connections.ts'
import { trusted } from './trusted-proxies.ts'
import { routeUpgrades } from './upgrades.ts'

const logger = pino({ level: 'silent' })

interface From {
  readonly peer: string
  readonly forwarded?: string
}

/** A server whose sources hold two connections, and what became of the gateways that came to it. */
function routed({ proxies, local }: { readonly proxies?: readonly string[]; readonly local?: string }) {
  const server = createServer()
  const taken: Socket[] = []
  routeUpgrades(server, {
    proxies: trusted(proxies),
    isLocal: ({ remoteAddress }) => remoteAddress === local,
    connections: createSourceConnections(2, { timers: createManualTime().timers, logger }),
    called: () => ({ host: 'sag.example', address: 'sag.example', base: 'http://sag.example' }),
    channel: { handleUpgrade: (_request, socket) => void taken.push(socket as Socket) },
  })

  /** The connection, and whether the channel took it. */
  function come({ peer, forwarded }: From): { readonly socket: Socket; readonly isTaken: boolean } {
    const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: peer })
    const request = new IncomingMessage(socket)
    request.url = '/channel'
    if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded
    server.emit('upgrade', request, socket, Buffer.alloc(0))
    const isTaken = taken.includes(socket)
    expect(socket.destroyed).toBe(!isTaken)
    return { socket, isTaken }
  }
  return { come }
}

test('behind a proxy a source is the address that the proxy names, and has as many gateways as it may', () => {
  const { come } = routed({ proxies: ['10.0.0.5'] })
  const from = (forwarded: string) => come({ peer: '10.0.0.5', forwarded })
  const first = from('192.0.2.1')
  expect([first.isTaken, from('192.0.2.1').isTaken, from('192.0.2.1').isTaken]).toEqual([true, true, false])
  // What a client wrote itself stands before what the proxy adds.
  expect(from('203.0.113.9, 192.0.2.1').isTaken).toBe(false)
  expect(from('192.0.2.2').isTaken).toBe(true)
  first.socket.emit('close')
  expect(from('192.0.2.1').isTaken).toBe(true)
})

test('who comes past the proxy is no gateway, unless by the other listener of this machine, which has no bound', () => {
  const { come } = routed({ proxies: ['10.0.0.5'], local: '127.0.0.1' })
  expect(come({ peer: '192.0.2.1' }).isTaken).toBe(false)
  const local = Array.from({ length: 5 }, () => come({ peer: '127.0.0.1' }).isTaken)
  expect(local).toEqual([true, true, true, true, true])
})

test('without a proxy, connections were counted when they came in, and no header says who came', () => {
  const { come } = routed({})
  const all = Array.from({ length: 5 }, () => come({ peer: '192.0.2.1', forwarded: '192.0.2.7' }).isTaken)
  expect(all).toEqual([true, true, true, true, true])
})
