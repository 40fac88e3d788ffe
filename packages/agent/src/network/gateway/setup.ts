import { z } from 'zod'
import { interfaceName, readSetup } from '../setup-file.ts'

/** What a person sets at a gateway: the names of its interfaces. All else comes from the server. */
export interface GatewaySetup {
  /** The terminals of the branch are behind it. It gets its addresses from the server. */
  readonly lan: string
  /** The one to the Internet. It has its address from the system. */
  readonly wan: string
  /** Others that the server may give a part to play; nothing of the machine may need them. */
  readonly spare?: readonly string[] | undefined
}

const nic = interfaceName(/^(lo|(ccn|ecc|ipsec)\d+)$/)

const setupSchema = z
  .strictObject({ lan: nic, wan: nic, spare: z.array(nic).max(8).optional() })
  .refine(({ lan, wan }) => lan !== wan, { path: ['lan'], message: 'is the same interface as wan' })
  .refine(({ lan, wan, spare = [] }) => new Set([lan, wan, ...spare]).size === 2 + spare.length, {
    path: ['spare'],
    message: 'names an interface twice, or that of lan or wan',
  })

/** @param text a file of JSON. @throws an error that says which member is wrong, and why. */
export function readGatewaySetup(text: string): GatewaySetup {
  return readSetup(text, setupSchema)
}

/** @throws when an interface of the setup is not among those of the machine. */
export function checkInterfaces({ lan, wan, spare = [] }: GatewaySetup, there: readonly string[]): void {
  for (const [member, name] of [['lan', lan], ['wan', wan], ...spare.map((name) => ['spare', name])]) {
    if (!there.includes(name ?? ''))
      throw new Error(`This machine has no interface ${name}, which "${member}" names. It has ${there.join(', ')}.`)
  }
}
