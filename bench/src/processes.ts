import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** A server under measurement, in a process of its own. */
export interface Peer {
  readonly name: string
  readonly port: number
  /** Milliseconds from starting the process to its first answer. */
  readonly startMs: number
  readonly data: string | undefined
  residentMiB(): number
  stop(): Promise<void>
}

export async function startBare(): Promise<Peer> {
  const program = `require('node:http').createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const answer = JSON.stringify({ RequestId: '01A0F1A6-E24D-5C6B-B64D-43F9287D25F9', Length: body.length })
      response.writeHead(200, { 'content-type': 'application/json;charset=utf-8', 'content-length': Buffer.byteLength(answer) })
      response.end(answer)
    })
  }).listen(0, '127.0.0.1', function () { console.log('listens on http://127.0.0.1:' + this.address().port) })`
  return start('bare node:http', ['-e', program], undefined)
}

export async function startOpenSag(): Promise<Peer> {
  const data = mkdtempSync(join(tmpdir(), 'opensag-bench-'))
  const credentials = join(data, 'credentials.json')
  const args = ['server', '--port', '0', '--data', data, '--write-credentials', credentials]
  return start('OpenSAG', [join(root, 'packages/cli/bin/opensag.js'), ...args], data)
}

/** One operator command over the server's socket, as the command line sends it. */
export function operator(data: string, name: string, input: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        socketPath: join(data, 'operator.sock'),
        method: 'POST',
        path: `/${name.split(' ').join('/')}`,
        headers: { 'content-type': 'application/json' },
      },
      (answer) => {
        answer.resume()
        answer.once('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`${name}: ${answer.statusCode}`)),
        )
      },
    )
    call.once('error', reject)
    call.end(JSON.stringify(input))
  })
}

async function start(name: string, args: readonly string[], data: string | undefined): Promise<Peer> {
  const started = process.hrtime.bigint()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  // However the measurement ends, nothing of it goes on.
  process.once('exit', () => child.kill('SIGKILL'))
  const port = await listening(name, child)
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '' })
  await answer.arrayBuffer()
  const startMs = Number(process.hrtime.bigint() - started) / 1e6
  return {
    name,
    port,
    startMs,
    data,
    residentMiB: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
    },
    stop: async () => {
      const closed = new Promise((resolve) => child.once('close', resolve))
      child.kill('SIGTERM')
      await closed
      if (data !== undefined) rmSync(data, { recursive: true, force: true })
    },
  }
}

function listening(name: string, child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it listened.`)))
    child.stdout?.on('data', (chunk) => {
      output += chunk
      const found = /listens on https?:\/\/[^:]+:(\d+)/.exec(output)
      if (found) resolve(Number(found[1]))
    })
  })
}
