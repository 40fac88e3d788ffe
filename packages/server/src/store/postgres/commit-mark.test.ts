import { expect, test } from 'vitest'
import { CommitInDoubt, commit, createMarks } from './commit-mark.ts'
import type { Link } from './link.ts'

type Fate = 'answered' | 'answer lost' | 'never arrives'

/** The row of one writer in a database that every connection reaches, as far as the commit of each lets it. */
function databaseOfOneMark(): { readonly connect: (fate: Fate) => Link } {
  let committed: number | undefined
  return {
    connect(fate) {
      let written = committed
      let lost: unknown
      const cut = new Error('cut')
      return {
        timeline: 1,
        async query(text: string, values: readonly unknown[] = []) {
          if (text === 'commit') {
            if (fate !== 'never arrives') committed = written
            if (fate !== 'answered') {
              lost = cut
              throw cut
            }
            return { command: 'COMMIT' } as never
          }
          if (text.startsWith('insert into commit_mark')) written = values[1] as number
          return { rows: written === undefined ? [] : [{ number: written }] } as never
        },
        lost: () => lost,
        warnings: () => 0,
        drop: (reason) => (lost ??= reason),
        end: async () => {},
      }
    },
  }
}

test.each<readonly [boolean, Fate, readonly Fate[]]>([
  [true, 'answer lost', ['answered']],
  [false, 'never arrives', ['answered']],
  // Each decision writes a number of its own, which says nothing of the commit that it is about.
  [false, 'never arrives', ['answer lost', 'answered']],
  [false, 'never arrives', ['never arrives', 'answered']],
  [false, 'never arrives', ['answer lost', 'answer lost', 'answered']],
  [true, 'answer lost', ['answer lost', 'never arrives', 'answered']],
])('made: %s, when its commit was %s and its decisions were %j', async (made, fate, decisions) => {
  const database = databaseOfOneMark()
  const marks = createMarks('w', undefined)
  const before = database.connect('answered')
  await marks.append(before, [])
  await commit(before)
  const link = database.connect(fate)
  await marks.append(link, [])
  await expect(commit(link)).rejects.toBeInstanceOf(CommitInDoubt)
  for (const decision of decisions.slice(0, -1))
    await expect(marks.wasMade(database.connect(decision))).rejects.toBeInstanceOf(CommitInDoubt)
  expect(await marks.wasMade(database.connect('answered'))).toBe(made)
})
