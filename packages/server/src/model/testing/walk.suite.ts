// Support for the tests of lifecycles: whatever happens, in any order, is in the list, and the list has nothing else.
import fc from 'fast-check'
import { expect } from 'vitest'
import { explore, type Rules, reachable } from '../explore.ts'

export function expectListedAsItHappens<F>(rules: Rules<F>): void {
  const { states, transitions } = explore(rules)
  const listed = new Set(transitions.map(({ from, event, to }) => `${from} ${event.en} ${to}`))
  fc.assert(
    fc.property(fc.array(fc.nat(rules.happenings.length - 1), { maxLength: 60 }), (course) => {
      let facts = rules.start
      for (const index of course) {
        const happening = rules.happenings[index]
        const next = happening?.after(facts)
        if (happening === undefined || next === undefined) continue
        const [from, to] = [rules.stateOf(facts), rules.stateOf(next)]
        expect(states).toContain(to)
        if (from !== to) expect(listed).toContain(`${from} ${happening.event.en} ${to}`)
        facts = next
      }
    }),
  )
  const all = reachable(rules)
  for (const { from, event, to } of transitions) {
    const leads = all.some((facts) => {
      if (rules.stateOf(facts) !== from) return false
      const next = rules.happenings.find((happening) => happening.event === event)?.after(facts)
      return next !== undefined && rules.stateOf(next) === to
    })
    expect(leads, `${from} ${event.en} ${to}`).toBe(true)
  }
}
