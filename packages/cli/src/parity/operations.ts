import { allOperations } from '@opensag/server/apis'
import { products, versions } from '@opensag/smartag-client'

const declared = new Map(allOperations.map((operation) => [operation.name, operation]))

type Product = keyof typeof versions

/** The API an operation belongs to; SmartAG's when this program does not know it. */
export function productOf(action: string): Product {
  return (products as Readonly<Record<string, Product>>)[action] ?? 'Smartag'
}

export function versionOf(action: string): string {
  return versions[productOf(action)]
}

/** Whether a call may change something or cost money. Of an operation that is not declared here, its name decides. */
export function writes(action: string): boolean {
  const level = declared.get(action)?.access.level
  return level === undefined ? !/^(Describe|List|Get|View|Discribe)/.test(action) : level === 'Write'
}

export function takesRegion(action: string): boolean {
  return declared.get(action)?.params['RegionId'] !== undefined || productOf(action) === 'Smartag'
}

/** Whether this parameter is a password, a key or a code. */
export function isSecretParam(action: string, name: string): boolean {
  const param = Object.entries(declared.get(action)?.params ?? {}).find(
    ([one]) => one.toLowerCase() === name.toLowerCase(),
  )
  return param?.[1].state.isSecret === true || secretName.test(name)
}

/** Members of requests and answers whose texts are secrets, whatever the operation. */
export const secretName =
  /passw|secret|token|private_?key|psk|pre_?shared|(^|_)signature$|nonce|credential|access_?key|authorization/i
