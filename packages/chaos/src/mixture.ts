import { corpus } from './corpus.ts'
import type { Subject } from './subject.ts'
import { subjects } from './subjects.ts'

/** What a batch runs: fresh schedules, neighbours of those in the corpus, or both, one neighbour of each to ten fresh ones. */
export type Mixture = 'fresh' | 'near' | 'both'

const near = corpus.map((entry) => entry.near)

export const mixtures: Readonly<Record<Mixture, readonly Subject[]>> = {
  fresh: subjects,
  near,
  both: [...subjects, ...subjects, ...near],
}
