import {
  afterTrials,
  type ConfigEffect,
  type ConfigExecutorInput,
  type ConfigExecutorState,
  type ConfigFacts,
  type ConfigInput,
  type ConfigStatus,
  configExecutorStep,
  configStatus,
  createMutex,
  drive,
  type MarkedConfig,
  type Ports,
  systemTimers,
  type Timers,
  trialInEffect,
} from '@opensag/protocol'
import { readConfigRecord, writeConfigRecord } from './desired-config-record.ts'
import type { Disk } from './disk.ts'

/** The configuration the control plane gave this gateway. It outlives restarts, so it is in force without the server too. */
export interface DesiredConfig {
  /** Undefined: it holds none. */
  inForce(): MarkedConfig | undefined
  /** What a report says of it. */
  status(): ConfigStatus
  /** The trial that is in effect now, which a connection made now can confirm; 0: none. */
  trial(): number
  /** How many trials there have been, when all of them are over and what is in force is in effect; undefined otherwise. */
  afterTrials(): number | undefined
  /**
   * The server wants it to hold this one; undefined: none. It is on trial for `withinMs`. Of several that come while one is
   * being put in force only the last is taken. @throws when it could not be stored, and so nothing has changed.
   */
  configure(desired: MarkedConfig | undefined, withinMs: number): Promise<void>
  /** The server says so over a connection that was made while the trial `during` was in effect. */
  confirm(trial: number, during: number): Promise<void>
  /**
   * The server could not be reached by an attempt that began after so many trials, nor since the last of them was over.
   * @throws when that could not be stored
   */
  unreached(after: number): Promise<void>
  /** The reset button. */
  clear(): Promise<void>
  /** Called whenever the server has to hear how things stand. */
  onTell(listener: () => void): void
  /** Called when a trial has come into effect: the server has to be reached anew. */
  onTrial(listener: () => void): void
  /** Resolves when nothing is being written. */
  settled(): Promise<void>
  /** No timer runs any more. */
  close(): void
}

/** Makes a configuration that of the system; undefined: none. The same one again must change nothing. */
export type ApplyConfig = (config: MarkedConfig | undefined) => Promise<void>

export interface DesiredConfigOptions {
  readonly disk: Disk
  readonly timers?: Timers
  /** Absent: nothing but this record knows of it. */
  readonly apply?: ApplyConfig | undefined
  /** Something failed that is going to be tried again, or that the server is told. */
  readonly problem?: (error: unknown) => void
}

const againMs = 60_000

/** Puts in force what was when it stopped. @throws when its record cannot be read. */
export async function openDesiredConfig(options: DesiredConfigOptions): Promise<DesiredConfig> {
  const { disk, timers = systemTimers, apply = async () => {}, problem = () => {} } = options
  const exclusive = createMutex()
  const tellers: (() => void)[] = []
  const seekers: (() => void)[] = []
  let facts: ConfigFacts = { record: await readConfigRecord(disk), inEffect: false }
  let wanted: { readonly desired: MarkedConfig | null; readonly withinMs: number } | undefined
  let cancelDeadline = (): void => {}
  let cancelAgain = (): void => {}
  let isClosed = false

  const ports: Ports<ConfigEffect, ConfigExecutorInput> = {
    async write({ record }) {
      await writeConfigRecord(disk, record)
      return { is: 'done' }
    },
    await({ trial, withinMs }) {
      deadline(trial, withinMs)
      return { is: 'done' }
    },
    async apply({ config }) {
      await apply(config ?? undefined)
      return { is: 'done' }
    },
    'apply-later'() {
      cancelAgain()
      if (!isClosed)
        cancelAgain = timers.after(againMs, () => void exclusive(() => run({ is: 'again' })).catch(problem))
      return { is: 'done' }
    },
    tell() {
      for (const listener of tellers) listener()
      return { is: 'done' }
    },
  }

  /** Works one input off. @throws when something could not be stored, and so what was to follow did not happen. */
  async function run(input: ConfigInput): Promise<void> {
    const before = trialInEffect(facts)
    const driven = drive<ConfigExecutorState, ConfigExecutorInput, ConfigEffect>(
      {
        machine: { initial: { facts, rest: [] }, step: configExecutorStep },
        failed(effect, error) {
          if (effect.do !== 'apply') return undefined
          problem(error)
          return { is: 'apply-failed' }
        },
        // Whoever is told asks for them at once.
        onStep(_from, _input, to) {
          facts = to.facts
        },
      },
      ports,
    )
    driven.input(input)
    await driven.idle()
    const now = trialInEffect(facts)
    // By the record: one that was given up at the system alone has still to be given up on the disk.
    if (facts.record.trial === null) cancelDeadline()
    if (now !== 0 && now !== before) for (const listener of seekers) listener()
  }

  /** Where the disk takes nothing. False when the system does not take it either. */
  async function applyPastRecord(config: MarkedConfig | null): Promise<boolean> {
    try {
      await apply(config ?? undefined)
      return true
    } catch (error) {
      problem(error)
      return false
    }
  }

  function deadline(trial: number, milliseconds: number): void {
    cancelDeadline()
    if (!isClosed) cancelDeadline = timers.after(milliseconds, () => void exclusive(() => giveUp(trial)).catch(problem))
  }

  /** Also a disk that takes nothing must not keep it cut off: it goes back at its system, and writes that when it can. */
  async function giveUp(trial: number): Promise<void> {
    const { record } = facts
    try {
      await run({ is: 'deadline', trial })
    } catch (error) {
      problem(error)
      if (record.trial?.number !== trial || facts.record !== record) return
      await applyPastRecord(record.trial.previous)
      facts = { ...facts, inEffect: false }
      deadline(trial, againMs)
    }
  }

  async function takeWanted(): Promise<void> {
    if (wanted === undefined) return
    const { desired, withinMs } = wanted
    wanted = undefined
    await run({ is: 'configure', desired, withinMs })
  }

  async function start(): Promise<void> {
    try {
      await run({ is: 'started' })
    } catch (error) {
      // A disk that takes nothing: how often it has started in this trial stays unknown, and that is all.
      problem(error)
      const { inForce, trial } = facts.record
      if (trial !== null) deadline(trial.number, trial.withinMs)
      const inEffect = await applyPastRecord(inForce)
      facts = { ...facts, inEffect }
    }
  }

  // In turn too: the time of a trial may be over before the system has taken what is on trial.
  await exclusive(start)

  return {
    inForce: () => facts.record.inForce ?? undefined,
    status: () => configStatus(facts),
    trial: () => trialInEffect(facts),
    afterTrials: () => afterTrials(facts),
    configure(desired, withinMs) {
      wanted = { desired: desired ?? null, withinMs }
      return exclusive(takeWanted)
    },
    confirm: (trial, during) => exclusive(() => run({ is: 'confirm', trial, during })),
    unreached: (after) => exclusive(() => run({ is: 'unreached', after })),
    clear: () => exclusive(() => run({ is: 'cleared' })),
    onTell: (listener) => void tellers.push(listener),
    onTrial: (listener) => void seekers.push(listener),
    settled: () => exclusive(async () => undefined),
    close() {
      isClosed = true
      cancelDeadline()
      cancelAgain()
    },
  }
}
