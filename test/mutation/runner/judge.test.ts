import { expect, test } from 'vitest'
import { folder, type Mutant } from '../mutant.ts'
import { judge, shuffled } from './judge.ts'
import type { Outcome, Result } from './outcome.ts'

const changes = ['a', 'b', 'c', 'd'].map((name) => ({ name, breaks: '', find: '', replace: '' }))
const folders = [folder('x', 0.75, 'src', [{ file: 'x.ts', tests: ['x.test.ts'], changes }])]
const caught: Outcome = { is: 'caught', by: 'a test' }
const survived: Outcome = { is: 'survived' }

function results(...outcomes: readonly Outcome[]): readonly Result[] {
  return outcomes.map((outcome, index) => ({ id: `x/${'abcd'[index]}`, outcome, milliseconds: 1 }))
}

test('a folder whose mutants are caught passes, and shows its score', () => {
  const { scores, problems } = judge(folders, {}, results(caught, caught, caught, caught))
  expect(problems).toEqual([])
  expect(scores).toEqual([{ folder: 'x', caught: 4, of: 4, floor: 0.75 }])
})

test('a survivor fails the gate unless it is listed', () => {
  const found = results(caught, survived, caught, caught)
  expect(judge(folders, {}, found).problems).toEqual(['x/b survived and is not listed in survivors.ts'])
  expect(judge(folders, { 'x/b': 'equivalent' }, found).problems).toEqual([])
})

test('a listed survivor that is caught fails the gate: the list must not hide what was mended', () => {
  const { problems } = judge(folders, { 'x/a': 'equivalent' }, results(caught, caught, caught, caught))
  expect(problems).toEqual(['x/a is listed in survivors.ts and was caught by a test: strike it off'])
})

test('listed survivors count as survived: too many of them are below the floor', () => {
  const listed = { 'x/a': 'equivalent', 'x/b': 'equivalent' }
  const { problems } = judge(folders, listed, results(survived, survived, caught, caught))
  expect(problems).toEqual(['x: 2 of 4 caught, less than 75 %'])
})

test('the floor is for whole folders: a part of one may be its worst part', () => {
  expect(judge(folders, { 'x/a': 'equivalent' }, results(survived)).problems).toEqual([])
})

test('a mutant that says nothing fails the gate', () => {
  const nothing: Outcome = { is: 'void', reason: 'it fails without a mutant too' }
  expect(judge(folders, {}, results(nothing, caught, caught, caught)).problems).toEqual([
    'x/a says nothing: it fails without a mutant too',
  ])
})

test('a seed decides the order, and every mutant is in it once', () => {
  const mutants = Array.from({ length: 50 }, (_, index) => ({ id: String(index) }) as Mutant)
  const order = (seed: number) => shuffled(mutants, seed).map(({ id }) => id)
  expect(order(1)).toEqual(order(1))
  expect(order(1)).not.toEqual(order(2))
  expect([...order(1)].sort()).toEqual(mutants.map(({ id }) => id).sort())
})
