/** Where a copy under way keeps how far it is, in its target. A database that has this table is not opened as a store. */
export const progressTable = 'store_copy'
