// The program is in the package `opensag`, once for all that run it.
export * from 'opensag/testing'
