import { tracingAsked } from '@opensag/server/tools'
import { say } from '../../say.ts'
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
  const how = sampled(sampler)
  if (exporter.is === 'console') return say('traces to the console {sampler} OTEL_ variables', { sampler: how })
  const { origin, pathname } = new URL(exporter.url)
  const to = { url: `${origin}${pathname}`, protocol: exporter.protocol, sampler: how }
  return say('traces to {url} ({protocol}) {sampler} OTEL_ variables', to)
}

function sampled({ is, ratio, parentBased }: { is: string; ratio: number; parentBased: boolean }): string {
  return `${parentBased ? 'parentbased_' : ''}${is}${is === 'traceidratio' ? ` ${ratio}` : ''}`
}
