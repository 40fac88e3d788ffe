import { createMutex } from '@opensag/protocol'
import { z } from 'zod'
import type { Disk } from './disk.ts'
import {
  changeConfiguration,
  factoryConfiguration,
  type LocalChanges,
  type LocalConfiguration,
  localConfigurationSchema,
} from './local-configuration.ts'

const file = 'local-settings.json'

const contentSchema = z.strictObject({
  localRevision: z.int().nonnegative(),
  syncedRevision: z.int().nonnegative(),
  configuration: localConfigurationSchema,
})

type Content = Readonly<z.infer<typeof contentSchema>>

/** The gateway's own record of its local configuration; the control plane takes it over by synchronising. */
export interface LocalSettings {
  current(): LocalConfiguration
  /** Rises with every change made at the gateway. */
  localRevision(): number
  /** The last revision that both sides agreed on. */
  syncedRevision(): number
  /**
   * Durable when it resolves. What changes nothing raises no revision.
   * @throws UnusableSettings
   */
  edit(changes: LocalChanges): Promise<void>
  /** Both sides agree on this revision now. One that was passed already, or is still to come, changes nothing. */
  markSynced(revision: number): Promise<void>
  /** Factory state: a change like any other, so it has to be synchronised too. */
  reset(): Promise<void>
  onChange(listener: () => void): void
  /** Resolves when nothing is being written. */
  settled(): Promise<void>
}

export async function openLocalSettings({
  disk,
  serial,
}: {
  readonly disk: Disk
  readonly serial: string
}): Promise<LocalSettings> {
  const factory = factoryConfiguration(serial)
  const text = await disk.read(file)
  let content: Content =
    text === undefined
      ? { localRevision: 0, syncedRevision: 0, configuration: factory }
      : contentSchema.parse(JSON.parse(text))

  const exclusive = createMutex()
  const listeners: (() => void)[] = []

  /** One after another, so that no change is computed from what another one is about to replace. */
  function change(next: (now: Content) => Content): Promise<void> {
    return exclusive(async () => {
      const wanted = next(content)
      if (wanted === content) return
      await disk.write(file, `${JSON.stringify(wanted)}\n`)
      content = wanted
      for (const listener of listeners) listener()
    })
  }

  function configure(next: (now: LocalConfiguration) => LocalConfiguration): Promise<void> {
    return change((now) => {
      const configuration = next(now.configuration)
      const same = JSON.stringify(configuration) === JSON.stringify(now.configuration)
      return same ? now : { ...now, configuration, localRevision: now.localRevision + 1 }
    })
  }

  return {
    current: () => content.configuration,
    localRevision: () => content.localRevision,
    syncedRevision: () => content.syncedRevision,
    edit: (changes) => configure((now) => changeConfiguration(now, changes)),
    reset: () => configure(() => factory),
    markSynced: (revision) =>
      change((now) => {
        const news = revision > now.syncedRevision && revision <= now.localRevision
        return news ? { ...now, syncedRevision: revision } : now
      }),
    onChange(listener) {
      listeners.push(listener)
    },
    settled: () => exclusive(async () => undefined),
  }
}
