import type { BoxReport } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { DesiredConfig } from '../desired-config.ts'
import type { BoxState } from './box-state.ts'

/** What reports say of the box. */
export interface BoxReporting {
  /** Undefined: it cannot be read now. Better a report without it than none. */
  read(): Promise<BoxReport | undefined>
  /** It has changed, or another configuration is in force. */
  onChange(listener: () => void): void
}

export function createBoxReporting({
  box,
  desiredConfig,
  serial,
  logger,
}: {
  readonly box: BoxState
  readonly desiredConfig: Pick<DesiredConfig, 'inForce' | 'status' | 'onTell'>
  readonly serial: string
  readonly logger: Logger
}): BoxReporting {
  return {
    async read() {
      const { applied, failing } = desiredConfig.status()
      try {
        const facts = await box.read(desiredConfig.inForce()?.config)
        // What the system does not take is not what was read.
        return { ...facts, ...(applied === undefined || failing === true ? {} : { of: applied }) }
      } catch (error) {
        logger.warn({ serial, err: error }, 'What the box is like could not be read.')
        return undefined
      }
    },
    onChange(listener) {
      box.onChange(listener)
      desiredConfig.onTell(listener)
    },
  }
}
