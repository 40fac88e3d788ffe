import { finish, type Machine, type Outcome } from '../linux/box.ts'
import { until } from '../support/time.ts'
import { sh } from './bench.ts'

/** Where {@link serve} listens. */
export const port = 5201

/** A server for one connection. Resolves when it listens. */
export async function serve(server: Machine, perSocket: string): Promise<{ readonly over: Promise<Outcome> }> {
  const program = `require('net').createServer({ allowHalfOpen: true }, (socket) => { ${perSocket} }).listen(${port})`
  const over = finish(server.start([process.execPath, '-e', program]))
  await until('it listens', async () => (await sh(server, `ss -Hltn sport = ${port}`)) !== '')
  return { over }
}

/** The address that a connection has for the server. */
export async function seenAs(client: Machine, server: Machine, address: string): Promise<string> {
  const serving = await serve(server, 'console.log(socket.remoteAddress); socket.end(); process.exit()')
  await sh(client, `bash -c 'cat </dev/tcp/${address}/${port}'`)
  return (await serving.over).stdout.trim().replace('::ffff:', '')
}

/** At what rate a server gets so many bytes from a client, in Mbit/s, from the first to the last of them. */
export async function rateOf(client: Machine, server: Machine, address: string, bytes: number): Promise<number> {
  const serving = await serve(
    server,
    `let got = 0; let began; let ended; socket.on('data', ({ length }) => { began ??= performance.now(); ended = performance.now(); got += length })
     socket.on('end', () => { console.log(got * 8 / (ended - began) / 1000); process.exit() })`,
  )
  await sh(client, `bash -c 'head -c ${bytes} /dev/zero >/dev/tcp/${address}/${port}'`)
  return Number((await serving.over).stdout)
}
