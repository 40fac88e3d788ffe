import { compilePolicies } from './compile.ts'
import { resourceTag } from './condition.ts'
import { type AccessRequest, evaluate } from './evaluate.ts'
import type { Policy } from './policy.ts'

/**
 * The condition keys that statements about this very request ask for and that its context does not have, as they are
 * written, each once: with them known the decision could be another one.
 */
export function openKeys(policies: readonly Policy[], request: AccessRequest): readonly string[] {
  const keys = new Map<string, string>()
  for (const policy of policies) {
    for (const statement of policy.statements) {
      const unconditional = { ...policy, statements: [{ ...statement, conditions: [] }] }
      const compiled = compilePolicies([unconditional])
      const about = (request.resources.length === 0 ? ['*'] : request.resources).filter(
        (resource) => 'by' in evaluate(compiled, { ...request, resources: [resource] }),
      )
      if (about.length === 0) continue
      // What has a context of its own is known with its tags: one that it does not have is no question.
      const isKnown = about.every((resource) => request.contextOf?.has(resource) === true)
      for (const { key } of statement.conditions) {
        const name = key.toLowerCase()
        if (isKnown && name.startsWith(resourceTag)) continue
        if ((request.context.get(name) ?? []).length === 0 && !keys.has(name)) keys.set(name, key)
      }
    }
  }
  return [...keys.values()]
}
