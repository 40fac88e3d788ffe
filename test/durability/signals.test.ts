import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { type Running, runOpensag } from '../support/process.ts'
import { limit } from '../support/time.ts'

const patience = limit(120_000)

let folder: string
const started: Running[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opensag-signals-'))
})
afterEach(async () => {
  for (const program of started.splice(0)) await program.kill()
  rmSync(folder, { recursive: true, force: true })
})

async function serve(...more: readonly string[]): Promise<{ readonly program: Running; readonly port: number }> {
  const program = runOpensag(['server', '--data', join(folder, 'data'), '--port', '0', ...more])
  started.push(program)
  const [, port] = await program.printed(/listens on https?:\/\/127\.0\.0\.1:(\d+)/)
  return { program, port: Number(port) }
}

test(
  'a server that is told to stop ends, whoever holds a connection and says nothing; the next one starts at once',
  async () => {
    const { program, port } = await serve()
    const silent = [connect(port, '127.0.0.1'), connect(join(folder, 'data', 'operator.sock'))]
    await Promise.all(
      silent.map((socket) => {
        socket.on('error', () => {})
        return once(socket, 'connect')
      }),
    )
    silent[0]?.write('POST / HTTP/1.1\r\nHo')
    expect(await program.stop()).toBe(0)
    const next = await serve()
    expect(await next.program.stop()).toBe(0)
  },
  patience,
)

test(
  'SIGHUP reloads certificate and log level, what cannot be read changes nothing, and the server goes on',
  async () => {
    const [first, second] = ['first', 'second'].map((name) => {
      mkdirSync(join(folder, name))
      return makeCertificate(join(folder, name), '127.0.0.1')
    })
    if (first === undefined || second === undefined) throw new Error('unreachable')
    const [cert, key, config] = ['cert.pem', 'key.pem', 'opensag.json'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    const use = (pair: { readonly cert: string; readonly key: string }): void => {
      copyFileSync(pair.cert, cert)
      copyFileSync(pair.key, key)
    }
    use(first)
    writeFileSync(config, '{"logLevel": "info"}')
    const { program, port } = await serve('--tls-cert', cert, '--tls-key', key, '--config', config)
    expect(await servedBy(port)).toBe(fingerprint(first.cert))

    use(second)
    writeFileSync(config, '{"logLevel": "debug"}')
    program.child.kill('SIGHUP')
    await program.printed(/"logLevel":"debug".*reloaded/)
    expect(await servedBy(port)).toBe(fingerprint(second.cert))

    writeFileSync(key, 'no key')
    program.child.kill('SIGHUP')
    await program.printed(/could not reload/)
    expect(await servedBy(port)).toBe(fingerprint(second.cert))
    expect(await program.stop()).toBe(0)
  },
  patience,
)

async function servedBy(port: number): Promise<string> {
  const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const found = socket.getPeerX509Certificate()?.fingerprint256 ?? ''
  socket.destroy()
  return found
}

function fingerprint(path: string): string {
  return new X509Certificate(readFileSync(path)).fingerprint256
}
