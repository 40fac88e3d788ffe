import type { ServerOptions } from '@opensag/server'
import { tracingAsked } from '@opensag/server/tools'

/** Of variables that were found usable. OpenTelemetry is loaded only where they ask for traces. */
export async function openTracingFrom(environment: NodeJS.ProcessEnv): Promise<ServerOptions['openTracing']> {
  const { settings } = tracingAsked(environment)
  if (settings === undefined) return undefined
  const { openTracing } = await import('@opensag/server/tracing')
  return (given) => openTracing(settings, given)
}
