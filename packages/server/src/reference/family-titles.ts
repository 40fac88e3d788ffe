import { ownFamilies } from '../apis/opensag/families.ts'
import { ramFamilies } from '../apis/ram/families.ts'
import { families } from '../apis/smartag/families.ts'

/** What families of operations are called, in the order of the documentation. */
export const familyTitles: typeof families = { ...families, ...ramFamilies, ...ownFamilies }
