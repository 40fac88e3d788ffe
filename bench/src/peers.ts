import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { within } from './limit.ts'

/** This checkout. */
export const home = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** What runs in processes of their own is built, also when a test runs the sources. */
export const built = join(home, 'bench/dist')
const leash = join(built, 'leash.cjs')
/** Whoever measures beside others waits: a start that takes long is a figure, not a failure. */
const listenMs = 120_000
const stopMs = 60_000
/** Every gateway enrols. */
const enrolMs = 20 * 60_000

/** A server under measurement, in a process of its own. */
export interface Peer {
  readonly port: number
  /** On the clock of `process.hrtime`, in nanoseconds: right before its process was started. */
  readonly startedAt: bigint
  residentMiB(): number
  /** Processor time of all its threads since it was started. */
  cpuMs(): number
  /** What `inside.cts`, preloaded, answers to a word. */
  ask(word: string): Promise<unknown>
  /** Resolves when the process is gone. */
  stop(): Promise<void>
  /** The same, without a word of warning. */
  kill(): Promise<void>
}

const bareProgram = `require('node:http').createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    const answer = JSON.stringify({ RequestId: '01A0F1A6-E24D-5C6B-B64D-43F9287D25F9', Length: body.length })
    response.writeHead(200, { 'content-type': 'application/json;charset=utf-8', 'content-length': Buffer.byteLength(answer) })
    response.end(answer)
  })
}).listen(0, '127.0.0.1', function () { console.log('listens on http://127.0.0.1:' + this.address().port) })`

/** The least a Node server can do: reads the body, answers a small JSON. */
export function startBare(certificate?: { readonly cert: string; readonly key: string }): Promise<Peer> {
  if (certificate === undefined) return startProgram('bare node:http', ['-e', bareProgram])
  const read = (file: string): string => `require('node:fs').readFileSync(${JSON.stringify(file)})`
  const options = `{ cert: ${read(certificate.cert)}, key: ${read(certificate.key)} }, `
  const program = bareProgram.replace(
    "require('node:http').createServer(",
    `require('node:https').createServer(${options}`,
  )
  return startProgram('bare node:https', ['-e', program.replace('on http:', 'on https:')])
}

/** The same work as OpenSAG's, written by hand; it has the database that its seed names. */
export function startHandWritten(seed: string): Promise<Peer> {
  return startProgram('the hand-written path', [join(built, 'hand-written/main.js'), seed])
}

/** One user calls for many: how often one may is not what is measured. */
export const unpaced = ['--user-calls', '1000000', '--source-calls', '1000000']

interface OpenSagOptions {
  readonly nodeFlags?: readonly string[]
  readonly flags?: readonly string[]
  readonly port?: number
}

/** Lets a measured process be asked about itself. */
export const inside = ['--expose-gc', '--require', join(built, 'inside.cjs')]

/** `opensag server` of a checkout on a data folder; its first start there writes `credentials.json` into it. */
export function startOpenSag(
  checkout: string,
  data: string,
  { nodeFlags = [], flags = [], port = 0 }: OpenSagOptions = {},
): Promise<Peer> {
  const program = join(checkout, 'packages/cli/bin/opensag.js')
  const place = ['--port', String(port), '--data', data, '--write-credentials', join(data, 'credentials.json')]
  return startProgram('OpenSAG', [...nodeFlags, program, 'server', ...place, ...flags])
}

const echoProgram = `const { WebSocketServer } = require('ws')
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
server.on('connection', (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })))
server.on('listening', () => console.log('listens on http://127.0.0.1:' + server.address().port))`

/** The least a WebSocket server can do: sends back what comes. */
export function startBareEcho(): Promise<Peer> {
  return startProgram('bare ws', ['-e', echoProgram])
}

/** `opensag simulate` with new gateways for a server; ready when all are online. Its port is that server's. */
export function startSimulation(port: number, data: string, gateways: number): Promise<Peer> {
  return startSimulate(port, ['--data', data, '--count', String(gateways), '--prefix', 'sagbench'])
}

/** The same with gateways that were added already, from a file with a line for each. */
export function startSimulationOf(port: number, file: string): Promise<Peer> {
  return startSimulate(port, ['--gateways', file])
}

function startSimulate(port: number, flags: readonly string[]): Promise<Peer> {
  const program = join(home, 'packages/cli/bin/opensag.js')
  return startProgram('the simulation', [program, 'simulate', '--server', `ws://127.0.0.1:${port}`, ...flags], {
    readyIn: (output) => (output.includes('all online') ? port : undefined),
    withinMs: enrolMs,
  })
}

interface Readiness {
  /** The port, once the output says that it is ready. */
  readonly readyIn?: (output: string) => number | undefined
  readonly withinMs?: number
}

/** Starts Node with a program that says when it is ready. */
export async function startProgram(
  name: string,
  args: readonly string[],
  { readyIn = portIn, withinMs = listenMs }: Readiness = {},
): Promise<Peer> {
  const startedAt = process.hrtime.bigint()
  const child = spawn(process.execPath, ['--require', leash, ...args], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  try {
    const port = await within(withinMs, `Starting ${name}`, listening(name, child, readyIn))
    return {
      port,
      startedAt,
      residentMiB: () => residentMiB(child),
      cpuMs: () => cpuMs(child),
      ask: (word) => ask(child, word),
      kill() {
        child.kill('SIGKILL')
        return closed
      },
      async stop() {
        child.kill('SIGTERM')
        try {
          await within(stopMs, `Stopping ${name}`, closed)
        } finally {
          child.kill('SIGKILL')
        }
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

function ask(child: ChildProcess, word: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    function onExit(): void {
      reject(new Error('The process ended instead of answering.'))
    }
    child.once('exit', onExit)
    child.once('message', (answer) => {
      child.off('exit', onExit)
      resolve(answer)
    })
    child.send(word, (error) => error && reject(error))
  })
}

function residentMiB({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

/** The kernel counts in hundredths of a second, whatever the machine. */
const tickMs = 10

function cpuMs({ pid }: ChildProcess): number {
  const [user, system] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ').slice(11, 13)
  return (Number(user) + Number(system)) * tickMs
}

function portIn(output: string): number | undefined {
  const found = /listens on https?:\/\/[^:]+:(\d+)/.exec(output)
  return found === null ? undefined : Number(found[1])
}

function listening(
  name: string,
  child: ChildProcess,
  readyIn: (output: string) => number | undefined,
): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it listened.`)))
    child.stdout?.on('data', (chunk) => {
      output += chunk
      const port = readyIn(output)
      if (port !== undefined) resolve(port)
    })
  })
}
