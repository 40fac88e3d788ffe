/** A text for people in both languages. */
export interface Named {
  readonly en: string
  readonly zh: string
}

export interface Transition {
  readonly from: string
  readonly event: Named
  readonly to: string
}

/** An explicit state machine: where it starts, and every step that changes its state. */
export interface Lifecycle {
  readonly name: Named
  readonly about: Named
  readonly start: string
  readonly states: readonly string[]
  readonly transitions: readonly Transition[]
}

/** Something that can happen. `after` asks the rules: the facts it leaves behind, undefined where it may not happen. */
export interface Happening<F> {
  readonly event: Named
  readonly after: (facts: F) => F | undefined
}

export interface Rules<F> {
  readonly name: Named
  readonly about: Named
  readonly start: F
  readonly stateOf: (facts: F) => string
  readonly happenings: readonly Happening<F>[]
}

/** More than any lifecycle has; beyond it the happenings make ever new facts. */
const mostFacts = 2000

/** Every combination of facts that can be reached from the start. */
export function reachable<F>({ start, happenings }: Pick<Rules<F>, 'start' | 'happenings'>): readonly F[] {
  const found = new Map<string, F>([[JSON.stringify(start), start]])
  // A map goes on with what is added while it is walked.
  for (const facts of found.values()) {
    if (found.size > mostFacts) throw new Error('A lifecycle has no end of facts.')
    for (const { after } of happenings) {
      const next = after(facts)
      if (next !== undefined) found.set(JSON.stringify(next), next)
    }
  }
  return [...found.values()]
}

/** What the rules allow, as states and the steps between them. A step that leaves the state as it is is left out. */
export function explore<F>(rules: Rules<F>): Lifecycle {
  const { name, about, start, stateOf, happenings } = rules
  const states = new Set([stateOf(start)])
  const transitions = new Map<string, Transition>()
  for (const facts of reachable(rules)) {
    const from = stateOf(facts)
    states.add(from)
    for (const { event, after } of happenings) {
      const next = after(facts)
      const to = next === undefined ? from : stateOf(next)
      if (to !== from) transitions.set(JSON.stringify([from, event.en, to]), { from, event, to })
    }
  }
  const order = [...states]
  return {
    name,
    about,
    start: stateOf(start),
    states: order,
    transitions: [...transitions.values()].sort((a, b) => order.indexOf(a.from) - order.indexOf(b.from)),
  }
}
