/**
 * The file that `opensag parity record` writes: JSON Lines. The first line is a {@link ParityHeader}, then comes a
 * {@link ParityCall} for each call in the order they were made, and a {@link ParityEnd} when every call was made.
 */
export type ParityLine = ParityHeader | ParityCall | ParityEnd

export interface ParityHeader {
  /** Version of this format. */
  readonly parity: 1
  /** Day of the recording, UTC: `2026-11-29`. */
  readonly recorded: string
  /** Version of the program that recorded. */
  readonly opensag: string
  /** `public` for the endpoints of Alibaba Cloud, `other` for any other: its address is not in the file. */
  readonly service: 'public' | 'other'
  readonly regionId: string
  /** How many calls the list has; fewer are in the file when the recording was interrupted. */
  readonly calls: number
}

export interface ParityCall {
  /** Number of the call, from 1. */
  readonly call: number
  readonly action: string
  /** Version of the API the operation belongs to. */
  readonly version: string
  /** As they are in the list of calls: `{name}` and `{env:NAME}` stand for values that are not in the file. */
  readonly params: Readonly<Record<string, string>>
  /** Values of the answer that later calls use: a name, and the JMESPath expression that selects it. */
  readonly keep?: Readonly<Record<string, string>>
  readonly writes: boolean
  /** Absent when there is none; then `why` says the reason. */
  readonly answer?: ParityAnswer
  readonly why?: string
}

export interface ParityAnswer {
  /** Of HTTP. */
  readonly status: number
  /** Secrets are removed, and what identifies an account or a person is replaced. Order of members and elements is as received. */
  readonly body: Readonly<Record<string, unknown>>
}

export interface ParityEnd {
  readonly end: true
}
