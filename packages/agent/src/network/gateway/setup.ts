import { z } from 'zod'
import { interfaceName, readSetup } from '../setup-file.ts'

/** What a person sets at a gateway: the names of its interfaces. All else comes from the server. */
export interface GatewaySetup {
  /** The terminals of the branch are behind it. It gets its addresses from the server. */
  readonly lan: string
  /** The one to the Internet. It has its address from the system. */
  readonly wan: string
}

const nic = interfaceName(/^(lo|(ccn|ipsec)\d+)$/)

const setupSchema = z
  .strictObject({ lan: nic, wan: nic })
  .refine(({ lan, wan }) => lan !== wan, { path: ['lan'], message: 'is the same interface as wan' })

/** @param text a file of JSON. @throws an error that says which member is wrong, and why. */
export function readGatewaySetup(text: string): GatewaySetup {
  return readSetup(text, setupSchema)
}

/** @throws when an interface of the setup is not among those of the machine. */
export function checkInterfaces({ lan, wan }: GatewaySetup, there: readonly string[]): void {
  for (const [member, name] of [
    ['lan', lan],
    ['wan', wan],
  ]) {
    if (!there.includes(name ?? ''))
      throw new Error(`This machine has no interface ${name}, which "${member}" names. It has ${there.join(', ')}.`)
  }
}
