import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { System } from '../../packages/agent/src/network/system.ts'
import { limit } from './time.ts'

/** A program of Node.js in the network of a machine, until it is ended. */
export interface Talker {
  /** The next line it writes; undefined when none comes in time. */
  line(withinMs?: number): Promise<string | undefined>
  say(text: string): void
  end(): Promise<void>
}

/** Starts `script`. Its standard input and output are lines. */
export function talker({ namespace = '' }: System, script: string): Talker {
  const child = spawn('ip', ['netns', 'exec', namespace, process.execPath, '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  let tell: () => void = () => {}
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    tell()
  })
  return {
    async line(withinMs = patience) {
      if (lines.length === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, withinMs)
          tell = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      return lines.shift()
    },
    say: (text) => child.stdin.write(`${text}\n`),
    async end() {
      if (child.exitCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/**
 * Answers each piece by TCP and each datagram, on these ports, with its name and the sender's address. What is said to it, it says to
 * all that are connected.
 *
 * @param at an address that it is asked at; absent: any, and datagrams are answered from the one nearest to the sender
 */
export async function answering(system: System, name: string, ports: readonly number[], at?: string): Promise<Talker> {
  const server = talker(
    system,
    `const net = require('net'), dgram = require('dgram'), sockets = new Set()
     process.stdin.on('data', (text) => sockets.forEach((one) => one.write(text)))
     const answer = (from) => '${name} ' + from.replace('::ffff:', '') + '\\n'
     Promise.all(${JSON.stringify(ports)}.flatMap((port) => [
       new Promise((done) => net.createServer((socket) => {
         sockets.add(socket)
         socket.on('close', () => sockets.delete(socket)).on('error', () => {}).on('data', () => socket.write(answer(socket.remoteAddress)))
       }).listen(port, done)),
       new Promise((done) => {
         const udp = dgram.createSocket('udp4')
         udp.on('message', (_, { address, port }) => udp.send(answer(address), port, address)).bind(port, ${JSON.stringify(at)}, done)
       }),
     ])).then(() => console.log('listening'))`,
  )
  return begun(server)
}

/** A connection to an address and port; what is said is sent, and answers come as lines. */
export async function connected(from: System, to: string, port: number, source: string): Promise<Talker> {
  return begun(
    talker(
      from,
      `const socket = require('net').connect({ host: '${to}', port: ${port}, localAddress: '${source}' })
       console.log('begun')
       socket.on('error', () => process.exit()).pipe(process.stdout)
       process.stdin.pipe(socket)`,
    ),
  )
}

/** Long enough for an answer on a busy machine; how long one is waited for that should not come. */
const patience = limit(20_000)
export const impatience = 700

/** The answer to one piece, by TCP or UDP; undefined: there is none within this time. */
export async function asked(
  from: System,
  { protocol = 'tcp', to, port, source }: Question,
  withinMs: number = patience,
): Promise<string | undefined> {
  const one =
    protocol === 'tcp'
      ? await connected(from, to, port, source)
      : await begun(
          talker(
            from,
            `const udp = require('dgram').createSocket('udp4')
             udp.on('error', () => {}).on('message', (text) => process.stdout.write(text))
             udp.bind(0, '${source}', () => udp.send('x', ${port}, '${to}', () => console.log('begun')))`,
          ),
        )
  one.say('x')
  const answer = await one.line(withinMs)
  await one.end()
  return answer
}

export interface Question {
  readonly protocol?: 'tcp' | 'udp'
  readonly to: string
  readonly port: number
  readonly source: string
}

/** Only then is time for an answer counted. */
async function begun(one: Talker): Promise<Talker> {
  await one.line(patience)
  return one
}
