import { z } from 'zod'

/** What a person sets at a gateway: the names of its interfaces. All else comes from the server. */
export interface GatewaySetup {
  /** The terminals of the branch are behind it. It gets its addresses from the server. */
  readonly lan: string
  /** The one to the Internet. It has its address from the system. */
  readonly wan: string
}

const interfaceName = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'is not a name') })
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/, 'is no name of an interface')
  .refine((name) => !/^(lo|(ccn|ipsec)\d+)$/.test(name), 'is a name that the gateway gives itself')

const setupSchema = z
  .strictObject({ lan: interfaceName, wan: interfaceName })
  .refine(({ lan, wan }) => lan !== wan, { path: ['lan'], message: 'is the same interface as wan' })

/** @param text a file of JSON. @throws an error that says which member is wrong, and why. */
export function readGatewaySetup(text: string): GatewaySetup {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`it is not JSON: ${(error as Error).message}`)
  }
  const parsed = setupSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`${issue?.path.map(String).join('.') || 'the file'}: ${issue?.message}`)
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
