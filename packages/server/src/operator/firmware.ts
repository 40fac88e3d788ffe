import { isWritable } from '@opensag/rules'
import { z } from 'zod'
import { addFirmware, findFirmware } from '../store/gateways/firmware.ts'
import { command, OperatorRefusal } from './command.ts'

const models = ['sag-1000', 'sag-100wm', 'SCG5000', 'SCG5000-5G', 'sag-vcpe'] as const

export const firmwareAdd = command({
  name: 'firmware add',
  about: 'Offer a firmware version for a model, so that gateways can be upgraded to it.',
  input: z.object({
    model: z.enum(models).describe('Model'),
    version: z
      .string()
      .regex(/^\d{1,5}(\.\d{1,5}){3}$/, 'a version has four parts, such as 2.3.1.1')
      .describe('Firmware version, four parts'),
    name: z
      .string()
      .min(1)
      .max(128)
      .refine(isWritable, 'a name has no control characters')
      .optional()
      .describe('Name of the version (default: model and version)'),
    beta: z.boolean().default(false).describe('Mark as a beta, not a release'),
  }),
  async run({ store, wallClock }, { model, version, name = `${model}-${version}`, beta }) {
    const firmware = { model, version, name, type: beta ? 'beta' : 'release', createdAt: wallClock() } as const
    if (!(await store.write((tx) => addFirmware(tx, firmware)))) {
      throw new OperatorRefusal(`Version ${version} of ${model} is offered already.`)
    }
    return { model, version, name, type: firmware.type }
  },
})

export const firmwareList = command({
  name: 'firmware list',
  about: 'List the firmware versions that are offered.',
  input: z.object({}),
  async run({ store }) {
    const all = await store.read((db) => findFirmware(db))
    return all.map(({ createdAt, ...shown }) => ({ ...shown, added: new Date(createdAt).toISOString() }))
  },
})
