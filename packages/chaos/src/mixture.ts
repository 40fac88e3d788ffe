import { corpus } from './corpus.ts'
import type { AnySubject } from './subject.ts'
import { subjects } from './subjects.ts'

/**
 * What a batch runs. Of the machines: fresh schedules, neighbours of those in the corpus, or both, one neighbour of each
 * to ten fresh ones. `glue`: fresh schedules of the real glue; `nodes`: of several nodes that run it.
 */
export type Mixture = 'fresh' | 'near' | 'both' | 'glue' | 'nodes'

const near = corpus.map((entry) => entry.near)

const ofMachines: Readonly<Record<Exclude<Mixture, 'glue' | 'nodes'>, readonly AnySubject[]>> = {
  fresh: subjects,
  near,
  both: [...subjects, ...subjects, ...near],
}

/** The glue keeps its database in `folder`; the server is loaded only for it. */
export async function subjectsOf(mixture: Mixture, folder: string): Promise<readonly AnySubject[]> {
  if (mixture !== 'glue' && mixture !== 'nodes') return ofMachines[mixture]
  const { createGlueSubject, createNodesSubject } = await import('./real.ts')
  return [mixture === 'glue' ? createGlueSubject(folder) : createNodesSubject(folder)]
}

/** A schedule of the glue takes as long as a hundred of the machines. */
export function perRange(mixture: Mixture): number {
  return mixture === 'glue' || mixture === 'nodes' ? 20 : 2000
}
