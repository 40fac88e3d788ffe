import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePolicy } from './parse.ts'
import type { Policy } from './policy.ts'
import { printPolicy } from './print.ts'
import { policyOf } from './testing/arbitraries.suite.ts'

const layout = fc.constantFrom(undefined, '  ', '\t', '\n')

/** The document of a policy with the white space of a layout. */
function laidOut(policy: Policy, indent: string | undefined): string {
  return JSON.stringify(JSON.parse(printPolicy(policy)), undefined, indent)
}

/** The offsets between tokens: everywhere but inside a text. */
function outside(text: string): readonly number[] {
  const offsets: number[] = []
  let inside = false
  for (let at = 0; at < text.length; at++) {
    if (!inside) offsets.push(at)
    if (inside && text[at] === '\\') at++
    else if (text[at] === '"') inside = !inside
  }
  return [...offsets, text.length]
}

function expectMistakeAt(text: string, offset: number): void {
  const lines = text.slice(0, offset).split('\n')
  expect(parsePolicy(text, 'identity')).toMatchObject({
    mistake: { offset, line: lines.length, column: (lines.at(-1) ?? '').length + 1 },
  })
}

test('a character that belongs nowhere is pointed at, wherever it stands', () => {
  fc.assert(
    fc.property(policyOf('identity'), layout, fc.nat(), (policy, indent, pick) => {
      const text = laidOut(policy, indent)
      const places = outside(text)
      const at = places[pick % places.length] ?? 0
      expectMistakeAt(`${text.slice(0, at)}§${text.slice(at)}`, at)
    }),
    { numRuns: 1000 },
  )
})

test.each<[string, RegExp, string]>([
  ['an effect', /(?<="Effect":\s*)"(Allow|Deny)"/g, '"Maybe"'],
  ['an effect that is no text', /(?<="Effect":\s*)"(Allow|Deny)"/g, '[true]'],
  ['a member', /"Effect"(?=:)/g, '"Efect"'],
  ['an action', /(?<="(?:Not)?Action":\s*\[\s*)"[^"]*"/g, '"Describe"'],
  ['an action that is no text', /(?<="(?:Not)?Action":\s*\[\s*)"[^"]*"/g, '{}'],
  ['a resource', /(?<="(?:Not)?Resource":\s*\[\s*)"[^"]*"/g, '"acs:smartag"'],
  ['an operator', /"(?:For[A-Za-z]*:)?(?:Numeric|Date|String)[A-Za-z]*"(?=:)/g, '"Equals"'],
  ['a condition key', /"acs:Other"(?=:)/g, '"Other"'],
  ['a date', /"20[^"]*Z"/g, '"2026-13-01T00:00:00Z"'],
])('%s that was changed is pointed at, in whichever statement', (_, pattern, replacement) => {
  let reached = 0
  fc.assert(
    fc.property(policyOf('identity'), layout, fc.nat(), (policy, indent, pick) => {
      const text = laidOut(policy, indent)
      const found = [...text.matchAll(pattern)]
      const match = found[pick % found.length]
      if (match === undefined) return
      // A date is a text like any other to the operators of texts.
      if (replacement.startsWith('"2026-13') && !/"Date/.test(text)) return
      if (replacement.startsWith('"2026-13') && /"String|acs:Other": *\[\s*"20/.test(text)) return
      reached++
      const changed = text.slice(0, match.index) + replacement + text.slice(match.index + match[0].length)
      expectMistakeAt(changed, match.index)
    }),
    { numRuns: 400 },
  )
  expect(reached).toBeGreaterThan(5)
})
