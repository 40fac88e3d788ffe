import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { home } from '../peers.ts'
import { freePort } from '../postgres.ts'

export interface Program {
  readonly port: number
  stop(): Promise<void>
}

const listenMs = 60_000

/** @throws Error whose message is for a person */
export async function startNats(): Promise<Program> {
  const port = await freePort()
  return startOn('nats-server', ['-a', '127.0.0.1', '-p', String(port)], port)
}

const tls = ` ssl crt \${EDGE_CERTIFICATE} alpn http/1.1`
/** A node has bounds for each address, and all gateways come from this machine. A new one each time: nobody is known, as at worst. */
const ownAddress = 'http-request set-header X-Forwarded-For 10.%[rand(256)].%[rand(256)].%[rand(256)]'

/** The HAProxy of `deploy/`, in the clear: handshakes of TLS are not what is measured. It has two descriptors a connection. */
export async function startBalancer(
  folder: string,
  nodes: readonly { readonly calls: number; readonly gateways: number }[],
  connections: number,
): Promise<Program> {
  const port = await freePort()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const values: Readonly<Record<string, string>> = {
    EDGE_CONNECTIONS: String(connections),
    EDGE_LISTEN: `127.0.0.1:${port}`,
    RUN_FOLDER: folder,
    ...Object.fromEntries(
      nodes.flatMap(({ calls, gateways }, index) => [
        [`NODE_${index + 1}`, `127.0.0.1:${calls}`],
        [`NODE_${index + 1}_GATEWAYS`, `127.0.0.1:${gateways}`],
      ]),
    ),
  }
  const shipped = readFileSync(join(home, 'deploy/haproxy/edge.cfg'), 'utf8')
  const plain = replaced(replaced(shipped, tls, ''), 'option forwardfor', ownAddress)
  const configuration = join(folder, 'edge.cfg')
  writeFileSync(
    configuration,
    plain.replace(/\$\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
  )
  return startOn('haproxy', ['-db', '-f', configuration], port)
}

function replaced(text: string, part: string, by: string): string {
  if (text.split(part).length !== 2) throw new Error(`deploy/haproxy/edge.cfg does not have "${part}" once.`)
  return text.replace(part, by)
}

async function startOn(program: string, flags: readonly string[], port: number): Promise<Program> {
  // System programs are found for users without `sbin` on their path too.
  const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
  const child = spawn(program, flags, { stdio: 'ignore', env: { ...process.env, PATH } })
  const end = (): void => void child.kill('SIGKILL')
  process.once('exit', end)
  const failed = new Promise<never>((_, reject) => child.once('error', reject))
  failed.catch(() => {}) // told to whoever waits for the start
  const until = performance.now() + listenMs
  while (!(await Promise.race([listens(port), failed]))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}.`)
    if (performance.now() > until) throw new Error(`${program} does not listen.`)
    await pause(50)
  }
  return {
    port,
    async stop() {
      process.off('exit', end)
      await ended(child)
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
