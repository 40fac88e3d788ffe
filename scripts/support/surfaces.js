import { join } from 'node:path'
import { root } from './prepare.js'

/** What the operations of each release declared. */
export const surfacesFolder = join(root, 'packages/server/src/reference/history/released')
