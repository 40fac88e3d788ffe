import type { ParamEntry } from '@opensag/rules'
import type { Source } from './listers.ts'

/** What the fields of a form offer to pick from. */
export interface Picks {
  /** Where the values of a field come from; undefined for a field that names nothing that is listed. */
  sourceOf(entry: ParamEntry): Source | undefined
  /** What the form has of a parameter: some lists are of a region, or of an instance. */
  given(name: string): string
}
