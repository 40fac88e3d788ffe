import type { FieldEntry } from '@opensag/rules'
import type { Field, Shape } from '../declare/index.ts'

/** Every scalar of an answer by its path: `Regions.Region[].RegionId`. */
export function fieldEntries(shape: Shape, path = ''): readonly FieldEntry[] {
  return Object.entries(shape).flatMap(([name, field]) => entriesOf(field, `${path}${name}`))
}

function entriesOf(field: Field, path: string): readonly FieldEntry[] {
  switch (field.kind) {
    case 'scalar':
      return [[path, field.type]]
    case 'object':
      return fieldEntries(field.shape, `${path}.`)
    case 'wrapped':
      return itemEntries(field.of, `${path}.${field.item}[]`)
    case 'direct':
      return itemEntries(field.of, `${path}[]`)
  }
}

function itemEntries(of: Shape | Field, path: string): readonly FieldEntry[] {
  return typeof of.kind === 'string' ? entriesOf(of as Field, path) : fieldEntries(of as Shape, `${path}.`)
}
