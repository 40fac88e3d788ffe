import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { quantile } from './statistics.ts'

/** What of the machine decides how to read the figures of a run. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGiB: number
  readonly node: string
  readonly fsyncMs: { readonly p50: number; readonly p99: number }
}

const flushes = 200
const pageBytes = 4096

/** @param folder where the measured servers have their data */
export function machineOf(folder: string): Machine {
  const processors = cpus()
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    fsyncMs: fsyncLatency(folder),
  }
}

/** A page at the end of a file, and flushed: what a commit waits for. */
function fsyncLatency(folder: string): Machine['fsyncMs'] {
  const file = join(folder, 'fsync')
  const descriptor = openSync(file, 'w')
  const times: number[] = []
  try {
    for (let flush = 0; flush < flushes; flush++) {
      writeSync(descriptor, Buffer.alloc(pageBytes, flush % 256))
      const began = performance.now()
      fdatasyncSync(descriptor)
      times.push(performance.now() - began)
    }
  } finally {
    closeSync(descriptor)
    rmSync(file)
  }
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}

/** How busy the machine was, and what it did not get of its processors. */
export interface Strain {
  /** What wanted to run, per core, in the last minute. */
  readonly load: number
  /** Shares of all processor time. */
  readonly busy: number
  readonly stolen: number
}

/** Call the result at the end of what it is about. */
export function watchStrain(): () => Strain {
  const before = processorTimes(readFileSync('/proc/stat', 'utf8'))
  return () => {
    const after = processorTimes(readFileSync('/proc/stat', 'utf8'))
    const all = Math.max(1, after.all - before.all)
    return {
      load: (loadavg()[0] ?? 0) / cpus().length,
      busy: 1 - (after.idle - before.idle) / all,
      stolen: (after.stolen - before.stolen) / all,
    }
  }
}

export interface ProcessorTimes {
  readonly all: number
  readonly idle: number
  readonly stolen: number
}

/** Of the first line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal, and two in the first two. */
export function processorTimes(stat: string): ProcessorTimes {
  const [line = ''] = stat.split('\n', 1)
  const times = line.split(/\s+/).slice(1, 9).map(Number)
  const [, , , idle = 0, waiting = 0, , , stolen = 0] = times
  return { all: times.reduce((sum, time) => sum + time, 0), idle: idle + waiting, stolen }
}
