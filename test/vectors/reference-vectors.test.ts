import { existsSync, readFileSync } from 'node:fs'
import { describe } from 'vitest'
import { describeAcceptance } from './acceptance.suite.ts'
import { describeCanonical } from './canonical.suite.ts'
import { describeMutations } from './mutation.suite.ts'
import type { Vector } from './vector.ts'

/** A collection of requests of many clients in several languages, where the machine has one. */
const file = process.env.OPENSAG_REFERENCE_VECTORS ?? '/work/shared/reference/wire-vectors.json'

describe.skipIf(!existsSync(file))(`the reference vectors (needs ${file})`, () => {
  const vectors: readonly Vector[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
  describeAcceptance('reference', vectors)
  describeCanonical('reference', vectors)
  describeMutations('reference', vectors)
})
