import { z } from 'zod'
import type { Queue } from '../bandwidth.ts'
import { hasFairQueue } from '../machine.ts'
import { openSystem, type System } from '../system.ts'
import { namespacePrefix, networkIn } from './names.ts'

/** The machine of a point of presence: where tunnels end, interfaces come from and namespaces are. */
export interface Machine {
  readonly system: System
  /** How `ip` names its network. */
  readonly home: string
  /** Of the names of its namespaces that are ours. */
  readonly prefix: string
  /** What links queue in. */
  readonly queue: Queue
  /** A namespace of that name; one that is there already is no error. */
  addNamespace(name: string): Promise<void>
  /** Nothing may run in it any more. */
  deleteNamespace(name: string): Promise<void>
  /** The numbers of the networks that have a namespace. */
  networks(): Promise<readonly number[]>
  /** The names of its interfaces. */
  interfaces(): Promise<readonly string[]>
  /** Those of them that are set up, whether there is a cable or not. */
  interfacesUp(): Promise<readonly string[]>
}

const flagsSchema = z.array(z.object({ ifname: z.string(), flags: z.array(z.string()) }))
const namespacesSchema = z.array(z.object({ name: z.string() }))

/**
 * @param namespace the one that the machine is, as `ip netns` names it; absent: that of this process
 * @param prefix of the names of namespaces that are ours
 */
export async function openMachine(namespace?: string, prefix = namespacePrefix): Promise<Machine> {
  const system = openSystem(namespace)
  // Names of namespaces are mounts: what `ip -n` adds is not seen outside.
  const mounts = openSystem()

  async function networks(): Promise<readonly number[]> {
    const names = namespacesSchema.parse(await mounts.ipJson('netns', 'list')).map(({ name }) => name)
    return names.map((name) => networkIn(name, prefix)).filter((number) => number !== undefined)
  }

  async function addNamespace(name: string): Promise<void> {
    try {
      await mounts.ip([`netns add ${name}`])
    } catch (error) {
      if (!/File exists/.test(String(error))) throw error
    }
  }

  return {
    system,
    home: namespace ?? String(process.pid),
    prefix,
    queue: (await hasFairQueue()) ? 'fq_codel' : 'pfifo',
    addNamespace,
    deleteNamespace: (name) => mounts.ip([`netns del ${name}`]),
    networks,
    interfaces: () => system.interfaces(),
    async interfacesUp() {
      const all = flagsSchema.parse(await system.ipJson('link', 'show'))
      return all.flatMap(({ ifname, flags }) => (flags.includes('UP') ? [ifname] : []))
    },
  }
}
