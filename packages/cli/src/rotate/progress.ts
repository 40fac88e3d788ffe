import { type Outcome, type PlannedGateway, type Status, type Summary, statuses } from '@opensag/rotation'
import { say } from '../say.ts'
import { widthOf } from '../width.ts'

/** Tells a person, or a program, how far it is. */
export interface Progress {
  listing(gateways: number): void
  begin(of: number, done: Summary): void
  wave(wave: number, gateways: number): void
  decided(gateway: PlannedGateway, outcome: Outcome): void
  /** So many of the selected gateways have a password that is young enough. */
  leftOut(gateways: number, of: number): void
  note(text: string): void
  /** Leaves the terminal as it was found. */
  end(): void
}

export interface ProgressOptions {
  readonly json: boolean
  readonly out: { write(text: string): unknown }
  /** Where a person reads; `isTTY` when it is a terminal. */
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number }
  readonly monotonic: () => number
}

export function createProgress(options: ProgressOptions): Progress {
  if (options.json) return jsonProgress(options)
  return options.err.isTTY === true ? barProgress(options) : lineProgress(options)
}

/** One object a line, for programs. */
function jsonProgress({ out, err }: ProgressOptions): Progress {
  const tell = (event: object): void => void out.write(`${JSON.stringify(event)}\n`)
  return {
    listing: () => {},
    begin: (of, done) => tell({ event: 'began', gateways: of, done }),
    wave: (wave, gateways) => tell({ event: 'wave', wave: wave + 1, gateways }),
    decided: ({ regionId, instanceId, serial }, outcome) => {
      const why = outcome.is === 'changed' ? {} : { why: outcome.why }
      tell({ event: 'gateway', regionId, instanceId, serial, result: outcome.is, ...why })
    },
    leftOut: (gateways, of) => tell({ event: 'left-out', gateways, of, why: 'younger than --max-age' }),
    note: (text) => void err.write(`${text}\n`),
    end: () => {},
  }
}

const quietMs = 10_000

/** For a log: every wave, what went wrong, and a sign of life in between. */
function lineProgress({ err, monotonic }: ProgressOptions): Progress {
  const counter = createCounter()
  let toldAt = monotonic()
  const tell = (text: string): void => {
    toldAt = monotonic()
    err.write(`${text}\n`)
  }
  return {
    listing(gateways) {
      if (monotonic() - toldAt >= quietMs) tell(say('Listing: {gateways} gateways.', { gateways }))
    },
    begin: (of, done) => counter.begin(of, done),
    wave: (wave, gateways) =>
      tell(say('Wave {wave}: {size}. {counts}', { wave: wave + 1, size: shownSize(gateways), counts: counter.text() })),
    decided(gateway, outcome) {
      counter.add(outcome.is)
      if (outcome.is !== 'changed') tell(`${gateway.serial} (${gateway.instanceId}): ${outcome.is}, ${outcome.why}`)
      else if (monotonic() - toldAt >= quietMs) tell(counter.text())
    },
    leftOut: (gateways, of) => tell(shownLeftOut(gateways, of)),
    note: tell,
    end: () => tell(counter.text()),
  }
}

const redrawMs = 100

function barProgress({ err, monotonic }: ProgressOptions): Progress {
  const counter = createCounter()
  let drawnAt = 0
  let head = say('Listing')
  const clear = (): void => void err.write('\r\u001b[2K')
  function draw(force: boolean): void {
    const now = monotonic()
    if (!force && now - drawnAt < redrawMs) return
    drawnAt = now
    const width = Math.max(20, (err.columns ?? 80) - 1)
    clear()
    err.write(cut(`${head} ${counter.bar(20)} ${counter.text()}`, width))
  }
  return {
    listing(gateways) {
      head = say('Listing {gateways}', { gateways })
      draw(false)
    },
    begin(of, done) {
      counter.begin(of, done)
      draw(true)
    },
    wave(wave) {
      head = say('Wave {wave}', { wave: wave + 1 })
      draw(true)
    },
    decided(_gateway, outcome) {
      counter.add(outcome.is)
      draw(false)
    },
    leftOut(gateways, of) {
      clear()
      err.write(`${shownLeftOut(gateways, of)}\n`)
    },
    note(text) {
      clear()
      err.write(`${text}\n`)
      draw(true)
    },
    end() {
      draw(true)
      err.write('\n')
    },
  }
}

/** A line that is no wider than the terminal, or it could not be drawn over. */
function cut(text: string, columns: number): string {
  let shown = text
  while (widthOf(shown) > columns) shown = shown.slice(0, -1)
  return shown
}

function shownLeftOut(gateways: number, of: number): string {
  return say('{gateways} of {of} selected gateways have a password that is younger than --max-age and keep it.', {
    gateways,
    of,
  })
}

function shownSize(gateways: number): string {
  return gateways === 1 ? say('1 gateway') : say('{gateways} gateways', { gateways })
}

/** How many gateways have each result. */
export function shownCounts(counts: readonly (readonly [Status, number])[]): string {
  return counts.map(([status, n]) => say(`{n} ${status}`, { n })).join(', ')
}

function createCounter() {
  let of = 0
  const counts: Record<Status, number> = { changed: 0, kept: 0, offline: 0, unknown: 0, unsupported: 0, pending: 0 }
  const decided = (): number => of - counts.pending
  return {
    begin(all: number, done: Summary): void {
      of = all
      Object.assign(counts, done)
    },
    add(status: Status): void {
      counts[status] += 1
      counts.pending -= 1
    },
    bar(width: number): string {
      const full = of === 0 ? 0 : Math.floor((width * decided()) / of)
      return `[${'#'.repeat(full)}${'-'.repeat(width - full)}]`
    },
    text(): string {
      const parts = statuses.filter((one) => one !== 'pending' && counts[one] > 0)
      const shown = shownCounts(parts.map((one) => [one, counts[one]]))
      return `${decided()}/${of}${shown === '' ? '' : `: ${shown}`}`
    },
  }
}
