import { z } from 'zod'
import { applicationsSchema } from './packet-match.ts'

/** A gateway recognises the applications of its connections (docs/network.md, "Applications"). Absent: it does not look. */
export const dpiSchema = z.object({
  /** Recognised connections are written to a file of the gateway, with these names in each record. Absent: they are not. */
  records: z
    .object({ region: z.string().max(64), project: z.string().max(128), logstore: z.string().max(128) })
    .optional(),
  /** Connections of these applications have this bandwidth of what it sends into its network, and no more, before all other classes. */
  accelerated: z.object({ megabits: z.int().positive(), applications: applicationsSchema }).optional(),
})

/** What recognises applications at a gateway: the version of nDPI, in three or four parts. */
export const dpiReportSchema = z.object({ engine: z.string().regex(/^\d{1,5}(\.\d{1,5}){1,3}$/) })

export type DpiConfig = Readonly<z.infer<typeof dpiSchema>>
export type DpiReport = Readonly<z.infer<typeof dpiReportSchema>>
