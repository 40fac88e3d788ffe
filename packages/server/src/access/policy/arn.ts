import { compileWildcard } from './wildcard.ts'

/** A resource as a request names it, taken apart once. */
export interface Resource {
  readonly text: string
  /** Service, region and account; undefined for `*` and whatever else is no ARN. */
  readonly scope: readonly [service: string, region: string, account: string] | undefined
  /** What is behind the account, which may contain further colons; of something else the whole text. */
  readonly relative: string
}

export function readResource(text: string): Resource {
  const [acs, service, region, account, ...rest] = text.split(':')
  if (acs !== 'acs' || service === undefined || region === undefined || account === undefined || rest.length === 0) {
    return { text, scope: undefined, relative: text }
  }
  return { text, scope: [service, region, account], relative: rest.join(':') }
}

/** Services without regions: their ARNs leave the segment empty or have `*` there, and both mean the same (D). */
const withoutRegions = new Set(['ram', 'sts'])

export interface ResourcePattern {
  /** What a resource's `relative` must match: the narrowest part of most patterns. */
  readonly relative: string
  matches(resource: Resource): boolean
}

/** Segment by segment: a `*` in one never reaches into the next, so no region can pose as an account. */
export function compileResource(pattern: string): ResourcePattern {
  if (pattern === '*') return { relative: '*', matches: () => true }
  const { scope, relative } = readResource(pattern)
  if (scope === undefined) throw new Error('A resource that is no ARN passed the reading of its policy.')
  const [service, region, account] = scope
  const isService = compileWildcard(service).matches
  const isRegion = compileWildcard(region === '' && withoutRegions.has(service) ? '*' : region).matches
  const isAccount = compileWildcard(account).matches
  const isRelative = compileWildcard(relative).matches
  return {
    relative,
    matches(resource) {
      if (resource.scope === undefined) return false
      const [service, region, account] = resource.scope
      return isRelative(resource.relative) && isAccount(account) && isRegion(region) && isService(service)
    },
  }
}
