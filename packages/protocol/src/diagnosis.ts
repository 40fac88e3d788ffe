import { z } from 'zod'

/** What a gateway looks at when it is to diagnose itself, in this order. */
export const diagnosisChecks = [
  'wanPort',
  'lanPort',
  'configuration',
  'nameServer',
  'nextHop',
  'accessPoints',
  'pathMtu',
  'tunnels',
  'routes',
] as const

/** Points of presence that one diagnosis measures. */
export const mostDiagnosed = 16

const diagnosisId = z.string().regex(/^dia-[a-z0-9]{1,40}$/)

/** What one check came to. The server has the words for it. */
export const findingSchema = z.object({
  check: z.enum(diagnosisChecks),
  /** Milliseconds since 1970, by the clock of the gateway. */
  startedAt: z.int().nonnegative(),
  endedAt: z.int().nonnegative(),
  /** `ok`, or what is wrong. */
  outcome: z.string().regex(/^[a-z][A-Za-z]{0,30}$/),
  /** What it saw: addresses, names of ports, numbers. */
  values: z
    .array(
      z
        .string()
        .max(100)
        .regex(/^[^\p{Cc}]*$/u),
    )
    .max(16)
    .readonly(),
})

export const diagnoseMessage = z.object({
  kind: z.literal('diagnose'),
  id: diagnosisId,
  /** Public addresses of the points of presence. */
  addresses: z.array(z.ipv4()).max(mostDiagnosed).readonly(),
})
export const diagnosedMessage = z.object({
  kind: z.literal('diagnosed'),
  id: diagnosisId,
  startedAt: z.int().nonnegative(),
  endedAt: z.int().nonnegative(),
  findings: z.array(findingSchema).max(diagnosisChecks.length).readonly(),
})

export type DiagnosisCheck = (typeof diagnosisChecks)[number]
export type Finding = Readonly<z.infer<typeof findingSchema>>
export type Diagnosis = Readonly<Omit<z.infer<typeof diagnosedMessage>, 'kind'>>
