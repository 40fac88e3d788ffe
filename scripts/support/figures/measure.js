// One start of a program: how long until it answers, and what it takes of memory then.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { request as requestSecurely } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'

/** Of every file, as `du` counts what is in it. */
export function sizeOf(path) {
  return Number(execFileSync('du', ['-sbD', path], { encoding: 'utf8' }).split('\t')[0])
}

/** Starts it on that folder, and ends it. @returns milliseconds to the first answer, those of a processor until then, and MiB two seconds later */
export async function startOnce({ title, command, url, ready, environment = {} }, data) {
  const port = await freePort()
  const [program, ...args] = command({ port, data })
  const began = performance.now()
  const child = spawn(program, args, {
    cwd: data,
    // More authorities than a program brings would take time to be read.
    env: { ...process.env, NODE_EXTRA_CA_CERTS: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  try {
    while (!(ready === undefined ? await isAnswered(url(port)) : ready(output))) {
      if (child.exitCode !== null) throw new Error(`${title} has ended: ${output}`)
      if (performance.now() - began > 120_000) throw new Error(`${title} does not answer: ${output}`)
      await pause(3)
    }
    const ms = performance.now() - began
    const cpuMs = sumOfTree(child.pid, processorMs)
    await pause(2000)
    return { ms, cpuMs, mib: sumOfTree(child.pid, residentKib) / 1024 }
  } finally {
    child.kill('SIGTERM')
    await closed
  }
}

/** Whether there is an answer with status 200; a server that is being started has none, or another. */
export function isAnswered(url) {
  const ask = url.startsWith('https:') ? requestSecurely : request
  return new Promise((done) => {
    const asked = ask(url, { rejectUnauthorized: false, agent: false }, (response) => {
      response.resume()
      done(response.statusCode === 200)
    })
    asked.on('error', () => done(false))
    asked.end()
  })
}

/** Of a process and all below it. */
function sumOfTree(pid, of) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  return children.reduce((sum, child) => sum + sumOfTree(Number(child), of), of(pid))
}

function residentKib(pid) {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

/** Linux counts in hundredths of a second. */
function processorMs(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is a name, in which anything may be.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
