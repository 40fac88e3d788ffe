// Does what Terraform does with the provider, without either: the same calls in the same order.
import { addressOf } from './configuration.ts'
import type { Known, Request, Resource, Values } from './resource.ts'

/** What Terraform keeps of a resource: its id, and the attributes as they were read last. */
interface Kept {
  readonly id: string
  readonly read: Known
}

export interface Play {
  /** Makes, changes or replaces what differs from the configuration. */
  apply(resources: readonly Resource[], which: 'values' | 'changed'): Promise<void>
  /** Reads everything anew, and tells what an apply would change: `address: attribute`. */
  plan(resources: readonly Resource[], which: 'values' | 'changed'): Promise<readonly string[]>
  /** Forgets a resource and takes it in by its id alone; tells which attributes were read. */
  import(resource: Resource): Promise<Known>
  destroy(resources: readonly Resource[]): Promise<void>
  /** The resources that are there according to what was read last. */
  kept(): ReadonlyMap<string, Kept>
}

export function startPlay(request: Request, variables: Known): Play {
  const kept = new Map<string, Kept>()

  function knownOf(values: Values): Known {
    const known = Object.entries(values).map(([name, value]): readonly [string, Known[string]] => {
      if (typeof value !== 'object') return [name, value]
      const found = 'idOf' in value ? kept.get(value.idOf)?.id : variables[value.given]
      if (found === undefined) throw new Error(`${name} needs ${JSON.stringify(value)}, which is not there.`)
      return [name, found]
    })
    return Object.fromEntries(known)
  }

  const wantedOf = (resource: Resource, which: 'values' | 'changed'): Known =>
    knownOf(which === 'values' ? resource.values : { ...resource.values, ...resource.changed })

  /** What is configured and was read otherwise. Terraform compares texts as they are. */
  function differences({ type }: Resource, wanted: Known, read: Known): readonly string[] {
    const compared = Object.keys(wanted).filter((name) => !type.writeOnly?.includes(name))
    return compared.filter((name) => String(read[name] ?? '') !== String(wanted[name]))
  }

  async function readAgain(resource: Resource, id: string): Promise<Known> {
    const read = await resource.type.read(request, id)
    if (read === undefined) throw new Error(`${addressOf(resource)} was made, and ${id} is not there.`)
    kept.set(addressOf(resource), { id, read })
    return read
  }

  async function refresh(resources: readonly Resource[]): Promise<void> {
    for (const resource of resources) {
      const { id } = kept.get(addressOf(resource)) ?? {}
      if (id === undefined) continue
      const read = await resource.type.read(request, id)
      if (read === undefined) kept.delete(addressOf(resource))
      else kept.set(addressOf(resource), { id, read })
    }
  }

  async function remove(resource: Resource, id: string): Promise<void> {
    await resource.type.remove(request, id)
    // The provider waits for it to be gone, and takes any refusal of that reading for a failure.
    if ((await resource.type.read(request, id)) !== undefined) throw new Error(`${id} was deleted, and is there.`)
    kept.delete(addressOf(resource))
  }

  async function make(resource: Resource, wanted: Known): Promise<void> {
    await readAgain(resource, await resource.type.create(request, wanted))
  }

  return {
    async apply(resources, which) {
      await refresh(resources)
      for (const resource of resources) {
        const { type } = resource
        const wanted = wantedOf(resource, which)
        const was = kept.get(addressOf(resource))
        if (was === undefined) {
          await make(resource, wanted)
          continue
        }
        const changed = new Set(differences(resource, wanted, was.read))
        if (changed.size === 0) continue
        if (type.update !== undefined && ![...changed].some((name) => type.forceNew.includes(name))) {
          await type.update(request, was.id, wanted, changed)
          await readAgain(resource, was.id)
        } else {
          await remove(resource, was.id)
          await make(resource, wanted)
        }
      }
    },
    async plan(resources, which) {
      await refresh(resources)
      return resources.flatMap((resource) => {
        const was = kept.get(addressOf(resource))
        if (was === undefined) return [`${addressOf(resource)}: is not there`]
        const names = differences(resource, wantedOf(resource, which), was.read)
        return names.map((name) => `${addressOf(resource)}: ${name}`)
      })
    },
    async import(resource) {
      const { id } = kept.get(addressOf(resource)) ?? {}
      if (id === undefined) throw new Error(`${addressOf(resource)} is not there.`)
      kept.delete(addressOf(resource))
      return readAgain(resource, id)
    },
    async destroy(resources) {
      await refresh(resources)
      for (const resource of resources.toReversed()) {
        const { id } = kept.get(addressOf(resource)) ?? {}
        if (id !== undefined) await remove(resource, id)
      }
    },
    kept: () => kept,
  }
}
