import { z } from 'zod'

/** The name of an interface of the machine. @param own names that the program gives interfaces itself */
export function interfaceName(own: RegExp): z.ZodType<string> {
  return z
    .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'is not a name') })
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/, 'is no name of an interface')
    .refine((name) => !own.test(name), 'is a name that OpenSAG gives an interface itself')
}

/** @param text a file of JSON. @throws an error that says which member is wrong, and why. */
export function readSetup<Setup>(text: string, schema: z.ZodType<Setup>): Setup {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`it is not JSON: ${(error as Error).message}`)
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`${issue?.path.map(String).join('.') || 'the file'}: ${issue?.message}`)
}
