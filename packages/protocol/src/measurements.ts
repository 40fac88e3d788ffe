import { z } from 'zod'
import { diagnoseMessage } from './diagnosis.ts'

/** Points of presence that are measured at a time. */
export const mostMeasured = 50

/** How a gateway reports while its advanced monitoring is on. */
export const monitorSchema = z.object({
  /** How old its counters are at most, milliseconds. */
  countersMs: z.int().min(1_000).max(60_000),
  /** How often it measures the ways to its points of presence, milliseconds. */
  qualityMs: z.int().min(1_000).max(3_600_000),
})

/** What came of echo requests to the public address of a point of presence. */
export const pointQualitySchema = z.object({
  address: z.ipv4(),
  /** Milliseconds since 1970, by the clock of the gateway. */
  at: z.int().nonnegative(),
  /** 0: nothing could be sent. */
  sent: z.int().min(0).max(60),
  answered: z.int().min(0).max(60),
  /** Of those that were answered, milliseconds on average; absent: none was. */
  ms: z.number().nonnegative().optional(),
})

export const measureMessage = z.object({
  kind: z.literal('measure'),
  addresses: z.array(z.ipv4()).min(1).max(mostMeasured).readonly(),
})
export const measuredMessage = z.object({
  kind: z.literal('measured'),
  points: z.array(pointQualitySchema).min(1).max(mostMeasured).readonly(),
})

export type MonitorConfig = Readonly<z.infer<typeof monitorSchema>>
export type PointQuality = Readonly<z.infer<typeof pointQualitySchema>>

/** What a server asks a gateway to do that takes it a while: what comes of it is a message of its own. */
export const askableSchema = z.discriminatedUnion('kind', [measureMessage, diagnoseMessage])
export type Askable = Readonly<z.infer<typeof askableSchema>>
