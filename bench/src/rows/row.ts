import type { Figure } from '../statistics.ts'

export interface Text {
  readonly en: string
  readonly zh: string
}

/** One line of the table. */
export interface Row {
  /** By which it is chosen and remembered. */
  readonly id: string
  readonly about: Text
  /** What is better: more than the goal or less. */
  readonly better: 'more' | 'less'
  readonly goal: number
  /** Behind the figure; none of a ratio. */
  readonly unit?: string
}

export interface Measured extends Figure {
  readonly row: Row
  /** What the figure was made of, for a person. */
  readonly from: string
  /** Where less than the row says was measured. */
  readonly scale?: Text
}

export function meetsGoal({ row: { better, goal }, value }: Pick<Measured, 'row' | 'value'>): boolean {
  return better === 'more' ? value >= goal : value <= goal
}
