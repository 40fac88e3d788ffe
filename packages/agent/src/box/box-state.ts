import type { BoxReport, WireConfig } from '@opensag/protocol'

/** What is read of a box; which configuration was in force then is added by who asks. */
export type BoxFacts = Omit<BoxReport, 'of'>

/** The box a gateway runs on: its ports and how they are set. */
export interface BoxState {
  /** @param config what is in force; undefined: nothing */
  read(config: WireConfig | undefined): Promise<BoxFacts>
  /** Something of it has changed by itself. */
  onChange(listener: () => void): void
}
