import { tracingAsked } from '@opensag/server/tools'
import { type Finding, refused } from './finding.ts'

/** What is wrong in the variables of OpenTelemetry, where they ask for traces. */
export function tracingFindings(environment: NodeJS.ProcessEnv): readonly Finding[] {
  return tracingAsked(environment).problems.map(refused)
}

/** Where traces go, in a line for people; undefined where nobody asked for any. No header is in it, nor the query of a URL. */
export function tracingShown(environment: NodeJS.ProcessEnv): string | undefined {
  const { settings } = tracingAsked(environment)
  if (settings === undefined) return undefined
  const { exporter, sampler } = settings
  const from = 'OTEL_ variables'
  if (exporter.is === 'console') return `traces to the console ${sampled(sampler)} ${from}`
  const { origin, pathname } = new URL(exporter.url)
  return `traces to ${origin}${pathname} (${exporter.protocol}) ${sampled(sampler)} ${from}`
}

function sampled({ is, ratio, parentBased }: { is: string; ratio: number; parentBased: boolean }): string {
  return `${parentBased ? 'parentbased_' : ''}${is}${is === 'traceidratio' ? ` ${ratio}` : ''}`
}
