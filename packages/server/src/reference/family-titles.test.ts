import { expect, test } from 'vitest'
import { ownFamilies } from '../apis/opensag/families.ts'
import { ramFamilies } from '../apis/ram/families.ts'
import { families } from '../apis/smartag/families.ts'

const all = [families, ramFamilies, ownFamilies].flatMap((some) => Object.entries(some))

test('families of all APIs have names and titles of their own: they stand side by side', () => {
  for (const names of [all.map(([id]) => id), all.map(([, { en }]) => en), all.map(([, { zh }]) => zh)]) {
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  }
})
