import { connect, type Socket } from 'node:net'

const answers = { done: 0, refused: 5 } as const

/** One connection of SOCKS 5 (RFC 1928) without authentication: CONNECT, to an IPv4 address or a name. */
export function serveSocks(client: Socket): void {
  client.on('error', () => client.destroy())
  connectAsAsked(client).catch(() => client.destroy())
}

async function connectAsAsked(client: Socket): Promise<void> {
  const [, methods = 0] = await take(client, 2)
  await take(client, methods)
  client.write(Uint8Array.of(5, 0))
  const [, , , kind] = await take(client, 4)
  const [length = 0] = kind === 3 ? await take(client, 1) : [4]
  const name = await take(client, length)
  const [high = 0, low = 0] = await take(client, 2)
  const host = kind === 3 ? name.toString() : name.join('.')
  const server = connect({ host, port: high * 256 + low, allowHalfOpen: true })
  let answered = false
  const answer = (status: number): void => {
    answered = true
    client.write(Uint8Array.of(5, status, 0, 1, 0, 0, 0, 0, 0, 0))
  }
  server.once('connect', () => {
    answer(answers.done)
    client.pipe(server).pipe(client)
  })
  server.once('error', () => {
    if (!answered) answer(answers.refused)
    client.destroySoon()
  })
  client.once('close', () => server.destroy())
}

/** The next so many bytes. */
async function take(from: Socket, bytes: number): Promise<Buffer> {
  for (;;) {
    const found = bytes === 0 ? Buffer.alloc(0) : (from.read(bytes) as Buffer | null)
    if (found !== null) return found
    if (from.readableEnded || from.destroyed) throw new Error('The connection ended.')
    await new Promise<void>((resolve) => {
      from.once('readable', resolve)
      from.once('close', resolve)
    })
  }
}
