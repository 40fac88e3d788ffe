import type { ItemState, JobEnding, JobKind, JobState } from '../../model/job.ts'

export interface JobTables {
  job: JobTable
  job_item: JobItemTable
}

/** Something that servers do to many gateways, wave by wave. Its secrets are sealed in its items. */
export interface JobTable {
  id: string
  account_id: string
  kind: JobKind
  /** Of the row and its items: only servers that know it run the job. Null: 1. */
  format: number | null
  /** Of `Upgrade`: the version; null: the newest release for each gateway. */
  version: string | null
  /** What some kinds are given besides, as JSON: {@link JobParams}. */
  params: string | null
  first_wave: number
  wave_growth: number
  largest_wave: number
  most_failures: number
  /** By the business clock, as the window is. Everything else is of the wall clock. */
  start_at: number | null
  /** Minutes after midnight, where the clock is `window_offset` minutes ahead of UTC. */
  window_from: number | null
  window_to: number | null
  window_offset: number | null
  state: JobState
  /** How it ends as soon as nothing of it runs any more. */
  ending: JobEnding | null
  /** Why it ended before everything was done, where nobody stopped it. */
  reason: string | null
  /** How many items of each wave are in which state, as JSON: lists count nothing. */
  waves: string
  /** As the audit trail names them. */
  creator: string
  /** The user whose rights count at each item; null: the account itself. */
  creator_user_id: string | null
  /** Circumstances that policies ask for: those it was created in. */
  creator_mfa: number
  creator_source: string
  creator_secure: number
  created_at: number
  began_at: number | null
  ended_at: number | null
  /** The node that works on it, and until when it does so alone. */
  node: string | null
  leased_until: number | null
  /** Grows each time a node takes it over: what one with a lower number finds out counts no more. */
  epoch: number
}

export interface JobItemTable {
  job_id: string
  position: number
  wave: number
  instance_id: string
  region_id: string
  /** The device it is done to, where an item is one device and not the whole instance. */
  serial: string | null
  /** The new password of a device, until its item is decided: whatever ends an item erases it in the same statement. */
  password_sealed: string | null
  state: ItemState
  /** Why it failed, was skipped or is unknown. */
  code: string | null
  /** What the gateway was before, and what proves that it was done: JSON. */
  expected: string | null
  began_at: number | null
  /** When the call was answered that it was done. */
  told_at: number | null
  ended_at: number | null
}
