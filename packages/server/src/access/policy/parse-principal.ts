import type { JsonMember, JsonNode } from './json-reader.ts'
import { MistakeAt } from './mistake.ts'
import { type Principal, type PrincipalType, principalTypes } from './policy.ts'
import { membersOf, objectOf, textsOf } from './shape.ts'

/**
 * What a principal of each type looks like (RAM, "Modify the trust policy of a RAM role", D). Wildcards are refused (our
 * choice): trust that widens by itself is found out too late.
 */
const shapes: Readonly<Record<PrincipalType, { readonly pattern: RegExp; readonly expected: string }>> = {
  RAM: {
    pattern: /^acs:ram::[0-9]{1,32}:(root|user\/[^\s*?/]+|role\/[^\s*?/]+)$/,
    expected:
      'acs:ram::<account>:root, acs:ram::<account>:user/<name> or acs:ram::<account>:role/<name>, without wildcards',
  },
  Service: { pattern: /^([0-9]{1,32}@)?[a-z0-9-]+(\.[a-z0-9-]+)+$/, expected: 'the domain name of a service' },
  Federated: {
    pattern: /^acs:ram::[0-9]{1,32}:(saml|oidc)-provider\/[^\s*?/]+$/,
    expected: 'acs:ram::<account>:saml-provider/<name> or acs:ram::<account>:oidc-provider/<name>',
  },
}

export function parsePrincipal(node: JsonNode): Principal {
  const object = objectOf(node, 'Principal')
  const members = membersOf(object, 'Principal', principalTypes)
  if (members.size === 0) throw new MistakeAt(object.at, `Principal needs one of ${principalTypes.join(', ')}.`)
  return Object.fromEntries(
    principalTypes.flatMap((type) => {
      const member = members.get(type)
      return member === undefined ? [] : [[type, parseNames(type, member)]]
    }),
  )
}

function parseNames(type: PrincipalType, member: JsonMember): readonly string[] {
  const { pattern, expected } = shapes[type]
  return textsOf(member.value, type).map(({ value, at }) => {
    if (!pattern.test(value)) throw new MistakeAt(at, `A principal of type ${type} is ${expected}.`)
    return value
  })
}
