import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dataHint, shellWord } from './hint.ts'

test('a word of a hint is what a shell reads again', () => {
  const words = fc.sample(
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    { numRuns: 100, seed: 7 },
  )
  const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${[...words, "it's"].map(shellWord).join(' ')}`], {
    encoding: 'utf8',
  })
  expect(stdout.split('\0').slice(0, -1)).toEqual([...words, "it's"])
})

test('the default data folder needs no option, every other one does', () => {
  expect(dataHint('.opensag')).toBe('')
  expect(dataHint('/var/lib/opensag')).toBe(' --data /var/lib/opensag')
  expect(dataHint('my data')).toBe(" --data 'my data'")
})
