import type { Repositories } from '../store/repositories.ts'
import type { TagsWithin } from './authorise.ts'

/** Tags as a unit of work finds them: through the repository, which keeps to the rows that the unit holds. */
export function tagsWithin({ fleet }: Pick<Repositories, 'fleet'>): TagsWithin {
  return {
    async ofInstances(accountId, ids) {
      const found = await Promise.all(ids.map((id) => fleet.instanceById(id)))
      return new Map(found.flatMap((one) => (one?.accountId === accountId ? [[one.id, one.tags ?? []]] : [])))
    },
  }
}
