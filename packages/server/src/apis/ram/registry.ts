import { api } from '../../declare/index.ts'
import type { Api } from '../operation.ts'
import * as declared from './operations.ts'

export const ram: Api = api('Ram', '2015-05-01', Object.values(declared))
