import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { programsOfEachTest } from '../support/programs.ts'
import { limit } from '../support/time.ts'

// All gateways of a node that died come to the others at once, while these are busy.

const { run, newFolder } = programsOfEachTest()
const crowd = 1500
const setting = '/proc/sys/net/core/somaxconn'
const allowed = existsSync(setting) ? Number(readFileSync(setting, 'utf8')) : 0

test.skipIf(allowed < crowd)(
  `connections that come while a server is busy are made (skipped where net.core.somaxconn < ${crowd})`,
  async () => {
    const server = run(['server', '--data', join(await newFolder('crowd'), 'server'), '--port', '0'])
    const [, port = ''] = await server.printed(/listens on http:\S+:(\d+)/)
    server.child.kill('SIGSTOP')
    const sockets: Socket[] = []
    try {
      const made = Array.from({ length: crowd }, () => {
        const socket = connect(Number(port), '127.0.0.1')
        sockets.push(socket)
        return once(socket, 'connect')
      })
      // A connection that finds no room is neither made nor refused: its client tries again for minutes.
      await expect(Promise.all(made)).resolves.toHaveLength(crowd)
      server.child.kill('SIGCONT')
      expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200)
    } finally {
      for (const socket of sockets) socket.destroy()
      server.child.kill('SIGCONT')
    }
  },
  limit(60_000),
)
