import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePorts } from '../support/nats.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { limit } from '../support/time.ts'

// All gateways of a node that died come to the others at once, while these are busy.

const { run, newFolder } = programsOfEachTest()
const crowd = 1500
const setting = '/proc/sys/net/core/somaxconn'
const allowed = existsSync(setting) ? Number(readFileSync(setting, 'utf8')) : 0

/** A server that is stopped, as one is that has too much to do, and what goes on as soon as it runs again. */
async function startBusy(flags: readonly string[] = []) {
  const server = run(['server', '--data', join(await newFolder('crowd'), 'server'), '--port', '0', ...flags])
  const [, port = ''] = await server.printed(/listens on http:\S+:(\d+)/)
  server.child.kill('SIGSTOP')
  const sockets: Socket[] = []
  return {
    port: Number(port),
    go: () => void server.child.kill('SIGCONT'),
    async connect(to: number): Promise<Socket> {
      const socket = connect(to, '127.0.0.1')
      sockets.push(socket)
      await once(socket, 'connect')
      return socket
    },
    end() {
      for (const socket of sockets) socket.destroy()
      server.child.kill('SIGCONT')
    },
  }
}

test.skipIf(allowed < crowd)(
  `connections that come while a server is busy are made (skipped where net.core.somaxconn < ${crowd})`,
  async () => {
    const server = await startBusy()
    try {
      // A connection that finds no room is neither made nor refused: its client tries again for minutes.
      const made = Array.from({ length: crowd }, () => server.connect(server.port))
      await expect(Promise.all(made)).resolves.toHaveLength(crowd)
      server.go()
      expect((await fetch(`http://127.0.0.1:${server.port}/livez`)).status).toBe(200)
    } finally {
      server.end()
    }
  },
  limit(60_000),
)

test.skipIf(allowed < crowd)(
  `a call does not wait behind a crowd at the port of gateways (skipped where net.core.somaxconn < ${crowd})`,
  async () => {
    const [gatewayPort = 0] = await freePorts(1)
    const server = await startBusy(['--gateway-port', String(gatewayPort)])
    try {
      let answered = 0
      const ask = 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n'
      const answers = await Promise.all(
        Array.from({ length: crowd }, async () => {
          const socket = await server.connect(gatewayPort)
          socket.write(ask)
          // Not awaited here: it answers when it goes on.
          return { answer: once(socket, 'data').then(() => answered++) }
        }),
      )
      const caller = await server.connect(server.port)
      caller.write(ask)
      server.go()
      await once(caller, 'data')
      // One of each port in each turn of the event loop; at one port the caller would be the last.
      expect(answered).toBeLessThan(crowd / 2)
      await Promise.all(answers.map(({ answer }) => answer))
      expect(answered).toBe(crowd)
    } finally {
      server.end()
    }
  },
  limit(60_000),
)
