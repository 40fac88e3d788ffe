import { readFile, writeFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { z } from 'zod'
import { type Command, outputOf, run, runBy } from '../run-command.ts'

/** The network of a machine, or of one of its namespaces, as `ip`, `nft`, `tc` and `/proc/sys` set it. */
export interface System {
  /** The name of the namespace; undefined: the network this process is in. */
  readonly namespace: string | undefined
  /**
   * Lines for `ip -batch`, carried out in their order. Nothing is started for an empty list.
   * @throws at the first line that fails; those before it are in force.
   */
  ip(lines: readonly string[]): Promise<void>
  /** Lines for `tc -batch`, as {@link System.ip}. */
  tc(lines: readonly string[]): Promise<void>
  /** One transaction. @throws when it is wrong; then nothing has changed. */
  nft(script: string): Promise<void>
  /** What `ip -json …` answers. */
  ipJson(...args: readonly string[]): Promise<unknown>
  /** What `tc -json …` answers. */
  tcJson(...args: readonly string[]): Promise<unknown>
  /** What `nft --json …` answers. */
  nftJson(...args: readonly string[]): Promise<unknown>
  /** The path is that under `/proc/sys`, so that names of interfaces with dots are no question. */
  sysctl(path: string, value: string): Promise<void>
  sysctlValue(path: string): Promise<string>
  /** The names of its interfaces. */
  interfaces(): Promise<readonly string[]>
  /** Undefined: there is no such interface. */
  interface(name: string): Promise<Interface | undefined>
  /** IPv4 addresses of an interface; none when it is down, or not there. */
  addresses(name: string): Promise<readonly string[]>
  /** Any other program, in this network. Returns what it wrote. `accepts`: with which numbers it may end beside 0. */
  run(command: Command, input?: string, accepts?: readonly number[]): Promise<string>
}

export interface Interface {
  readonly mtu: number
  /** IPv4 addresses without their lengths, in their order. */
  readonly addresses: readonly string[]
}

const patience = 60_000

const namesSchema = z.array(z.object({ ifname: z.string() }))

const interfacesSchema = z.array(
  z.object({ mtu: z.number(), addr_info: z.array(z.object({ family: z.string(), local: z.string() })) }),
)

/** What runs a command in a namespace, by its name for `ip netns`; nothing for undefined, the network this process is in. */
export function entering(namespace: string | undefined): readonly string[] {
  return namespace === undefined ? [] : ['ip', 'netns', 'exec', namespace]
}

/** @param namespace its name for `ip netns`; absent: the network this process is in */
export function openSystem(namespace?: string): System {
  const inside = entering(namespace)
  const there: readonly string[] = namespace === undefined ? [] : ['-n', namespace]

  async function batch(program: 'ip' | 'tc', lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return
    try {
      await run([program, ...there, '-batch', '-'], { input: `${lines.join('\n')}\n`, patience })
    } catch (error) {
      throw withLine(error, program, lines)
    }
  }

  async function json(command: Command): Promise<unknown> {
    const text = await outputOf(command, { input: '', patience })
    // `ip -json` writes nothing at all where there is nothing.
    return text.trim() === '' ? [] : (JSON.parse(text) as unknown)
  }

  function runInside(command: Command, input = '', accepts?: readonly number[]): Promise<string> {
    return outputOf(runBy(inside, command), { input, patience, accepts })
  }

  return {
    namespace,
    ip: (lines) => batch('ip', lines),
    tc: (lines) => batch('tc', lines),
    async nft(script) {
      await runInside(['nft', '-f', '-'], script)
    },
    ipJson: (...args) => json(['ip', ...there, '-json', ...args]),
    tcJson: (...args) => json(['tc', ...there, '-json', ...args]),
    async nftJson(...args) {
      return JSON.parse(await runInside(['nft', '--json', ...args])) as unknown
    },
    async sysctl(path, value) {
      if (namespace === undefined) await writeFile(`/proc/sys/${path}`, value)
      else await runInside(['sysctl', '-q', '-w', `${path}=${value}`])
    },
    async sysctlValue(path) {
      const text =
        namespace === undefined ? await readFile(`/proc/sys/${path}`, 'utf8') : await runInside(['sysctl', '-n', path])
      return text.trim()
    },
    async interfaces() {
      return namesSchema.parse(await json(['ip', ...there, '-json', 'link', 'show'])).map(({ ifname }) => ifname)
    },
    interface: (name) => interfaceBy(json, there, name),
    async addresses(name) {
      if (namespace !== undefined) return (await interfaceBy(json, there, name))?.addresses ?? []
      // Without a process: it is asked for every few seconds.
      const found = networkInterfaces()[name] ?? []
      return found.filter(({ family }) => family === 'IPv4').map(({ address }) => address)
    },
    run: runInside,
  }
}

async function interfaceBy(
  json: (command: Command) => Promise<unknown>,
  there: readonly string[],
  name: string,
): Promise<Interface | undefined> {
  try {
    const [found] = interfacesSchema.parse(await json(['ip', ...there, '-json', 'address', 'show', 'dev', name]))
    if (found === undefined) return undefined
    const addresses = found.addr_info.filter(({ family }) => family === 'inet').map(({ local }) => local)
    return { mtu: found.mtu, addresses }
  } catch (error) {
    if (/does not exist/.test(String(error))) return undefined
    throw error
  }
}

/** A batch says which line failed by its number only. */
function withLine(error: unknown, program: string, lines: readonly string[]): unknown {
  const [, number] = /Command failed -:(\d+)/.exec(String(error)) ?? []
  const line = lines[Number(number) - 1]
  return line === undefined ? error : new Error(`${program} ${line}: ${(error as Error).message}`, { cause: error })
}
